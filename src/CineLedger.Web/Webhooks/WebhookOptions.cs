namespace CineLedger.Web.Webhooks;

/// <summary>The limits of webhooks and of their deliveries.</summary>
public sealed record WebhookOptions
{
    /// <summary>The maximum number of registered webhooks.</summary>
    public int MaxWebhooks { get; init; } = 100;

    /// <summary>The maximum number of concurrent deliveries.</summary>
    public int MaxConcurrency { get; init; } = 16;

    /// <summary>The time limit for the receiver's response.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The delay before the second attempt. It doubles with each attempt and varies by a quarter.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest delay between two attempts.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The number of attempts after which a delivery is given up.</summary>
    public int MaxAttempts { get; init; } = 20;

    /// <summary>The time after which a delivery is given up.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long the previous secret still signs messages after a secret was replaced.</summary>
    public TimeSpan SecretOverlap { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The interval at which the server checks for due deliveries when nothing wakes it earlier.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Returns the delay before the next attempt. The delay is randomized, so that deliveries that failed together are not retried together.</summary>
    /// <param name="tries">The number of attempts so far.</param>
    public TimeSpan GetRetryDelay(int tries)
    {
        var wait = FirstRetryDelay.TotalSeconds * Math.Pow(2, Math.Min(tries - 1, 30));
        return TimeSpan.FromSeconds(Math.Min(wait, MaxRetryDelay.TotalSeconds) * (0.75 + (Random.Shared.NextDouble() / 2)));
    }
}
