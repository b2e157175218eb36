using CineLedger.Storage.DuckDb;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>An open copy of a ledger file. Loads that change nothing share the copy; after any other load, <see cref="RenewAsync"/> discards it.</summary>
internal sealed class LedgerFile(string template)
{
    private readonly string _path = template + ".copy";
    private DuckDbLedger? _ledger;
    private string _fingerprint = "";

    /// <summary>Returns the open ledger and the fingerprint of its rows.</summary>
    public async Task<(DuckDbLedger Ledger, string Fingerprint)> OpenAsync(CancellationToken cancellationToken)
    {
        if (_ledger is null)
        {
            File.Copy(template, _path, overwrite: true);
            _ledger = await DuckDbLedger.OpenAsync(_path, cancellationToken);
            _fingerprint = await LedgerState.ReadFingerprintAsync(_ledger, cancellationToken);
        }

        return (_ledger, _fingerprint);
    }

    /// <summary>Closes the copy, so that the next load gets a new one.</summary>
    public async Task RenewAsync()
    {
        if (_ledger is not null)
        {
            await _ledger.DisposeAsync();
            _ledger = null;
        }
    }
}
