namespace CineLedger.Web.Webhooks;

/// <summary>How webhooks are told of snapshots, and for how long it is tried.</summary>
public sealed record WebhookOptions
{
    /// <summary>How many may be registered.</summary>
    public int MaxWebhooks { get; init; } = 100;

    /// <summary>How many are told at the same time.</summary>
    public int MaxConcurrency { get; init; } = 16;

    /// <summary>How long a receiver may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the second try; it doubles from try to try, and varies by a quarter.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromHours(2);

    /// <summary>After so many tries a delivery is given up.</summary>
    public int MaxTries { get; init; } = 20;

    /// <summary>After so long it is, too.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often it is looked whether there is something to do that nobody has told of.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the next try. Varied, so that deliveries that failed together do not come together again.</summary>
    /// <param name="tries">How many there have been.</param>
    public TimeSpan GetRetryDelay(int tries)
    {
        var wait = FirstRetryDelay.TotalSeconds * Math.Pow(2, Math.Min(tries - 1, 30));
        return TimeSpan.FromSeconds(Math.Min(wait, MaxRetryDelay.TotalSeconds) * (0.75 + (Random.Shared.NextDouble() / 2)));
    }
}
