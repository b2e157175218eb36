namespace CineLedger.HealthChecks;

/// <summary>How one part of an installation does.</summary>
/// <param name="Name">What was looked at: a word or two.</param>
/// <param name="State">How it does.</param>
/// <param name="Text">What was found, in one line.</param>
/// <param name="Advice">What to do about it, in one line; null where nothing need be done.</param>
public sealed record CheckResult(string Name, CheckStatus State, string Text, string? Advice)
{
    public static CheckResult Healthy(string name, string text) => new(name, CheckStatus.Healthy, text, null);

    /// <summary>It works, and there is something that somebody should know or change.</summary>
    public static CheckResult Warning(string name, string text, string advice) => new(name, CheckStatus.Warning, text, advice);

    public static CheckResult Unhealthy(string name, string text, string advice) => new(name, CheckStatus.Unhealthy, text, advice);
}

/// <summary>How a part does.</summary>
public enum CheckStatus
{
    Healthy,

    /// <summary>It works, but not for ever, or not for all.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Unhealthy,
}

/// <summary>What to look at.</summary>
/// <param name="Store">The ledger.</param>
/// <param name="ReadStore">Where it is read from in place of that; null for the store.</param>
/// <param name="Brokers">Kafka's, as <c>host:port,host:port</c>; null for none.</param>
/// <param name="MaxAge">How old the newest snapshot may be.</param>
public sealed record CheckRequest(string Store, string? ReadStore, string? Brokers, TimeSpan MaxAge);
