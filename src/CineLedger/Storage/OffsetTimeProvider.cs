namespace CineLedger.Storage;

/// <summary>The store's clock: this machine's clock with an offset. Nodes whose clocks differ use it to agree on the time.</summary>
internal sealed class OffsetTimeProvider(TimeProvider own, TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => own.GetUtcNow() + shift;
}
