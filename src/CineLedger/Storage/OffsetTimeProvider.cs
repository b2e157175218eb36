namespace CineLedger.Storage;

/// <summary>A clock that differs from another: a store's, told by this machine's. Nodes whose own clocks differ agree by it.</summary>
internal sealed class OffsetTimeProvider(TimeProvider own, TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => own.GetUtcNow() + shift;
}
