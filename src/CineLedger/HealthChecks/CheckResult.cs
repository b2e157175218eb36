namespace CineLedger.HealthChecks;

/// <summary>The result of checking one part of an installation.</summary>
/// <param name="Name">What was checked, in a word or two.</param>
/// <param name="State">The state of the part.</param>
/// <param name="Text">The observation, in one line.</param>
/// <param name="Advice">What to do, in one line; null when nothing needs to be done.</param>
public sealed record CheckResult(string Name, CheckStatus State, string Text, string? Advice)
{
    public static CheckResult Healthy(string name, string text) => new(name, CheckStatus.Healthy, text, null);

    /// <summary>Creates the result of a part that works but needs attention.</summary>
    public static CheckResult Warning(string name, string text, string advice) => new(name, CheckStatus.Warning, text, advice);

    public static CheckResult Unhealthy(string name, string text, string advice) => new(name, CheckStatus.Unhealthy, text, advice);
}

/// <summary>The state of a part.</summary>
public enum CheckStatus
{
    Healthy,

    /// <summary>It works, but not indefinitely or not for everyone.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Unhealthy,
}

/// <summary>The parts to check.</summary>
/// <param name="Store">The ledger.</param>
/// <param name="ReadStore">The store to read from instead; null for the same store.</param>
/// <param name="Brokers">The Kafka brokers, as <c>host:port,host:port</c>; null for none.</param>
/// <param name="MaxAge">The maximum age of the newest snapshot.</param>
/// <param name="IsDeep">Whether to read every row of the ledger.</param>
public sealed record CheckRequest(string Store, string? ReadStore, string? Brokers, TimeSpan MaxAge, bool IsDeep);
