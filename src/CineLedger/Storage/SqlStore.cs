namespace CineLedger.Storage;

/// <summary>The ledger, or a copy of it, that a user's statement reads. Dispose it when the statement has ended.</summary>
/// <param name="address">A file or, with its password, an address of PostgreSQL.</param>
/// <param name="release">Called on disposal.</param>
public sealed class SqlStore(string address, Action? release = null) : IDisposable
{
    public string Address => address;

    public void Dispose() => release?.Invoke();
}
