namespace CineLedger.Loading;

/// <summary>A caller of the API canceled the load.</summary>
/// <param name="caller">The name of the caller's key.</param>
/// <param name="inner">The exception that ended the load.</param>
public sealed class LoadCanceledException(string caller, Exception inner) : OperationCanceledException($"canceled by {caller}", inner)
{
    public string Caller => caller;
}
