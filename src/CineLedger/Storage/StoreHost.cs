namespace CineLedger.Storage;

/// <summary>One server that a ledger lies on, as it was when it was last looked at.</summary>
/// <param name="Name">Its address without a password.</param>
/// <param name="IsStandby">Null as long as it never answered.</param>
/// <param name="IsUp">Whether it answered.</param>
/// <param name="LagBytes">How much a standby has yet to apply of what the primary wrote; null for a primary, and where one of them does not answer.</param>
/// <param name="LagSeconds">How old the newest change is that a standby has applied, 0 where it has them all; null likewise.</param>
public sealed record StoreHost(string Name, bool? IsStandby, bool IsUp, long? LagBytes, double? LagSeconds);
