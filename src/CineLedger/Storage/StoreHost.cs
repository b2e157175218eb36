namespace CineLedger.Storage;

/// <summary>The status of a ledger's database server when it was last checked.</summary>
/// <param name="Name">Its address without a password.</param>
/// <param name="IsStandby">Null if it has never responded.</param>
/// <param name="IsUp">Whether it responded.</param>
/// <param name="LagBytes">How much of the primary's changes a standby has not applied yet; null for a primary, or if one of the two does not respond.</param>
/// <param name="LagSeconds">The age of the newest change that a standby has applied; 0 if it has applied all, null as for <c>LagBytes</c>.</param>
public sealed record StoreHost(string Name, bool? IsStandby, bool IsUp, long? LagBytes, double? LagSeconds);
