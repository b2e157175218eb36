namespace CineLedger.Web.Webhooks;

/// <summary>The limits of webhooks and of their deliveries.</summary>
public sealed record WebhookOptions
{
    /// <summary>The largest number of registered webhooks.</summary>
    public int MaxWebhooks { get; init; } = 100;

    /// <summary>The largest number of concurrent deliveries.</summary>
    public int MaxConcurrency { get; init; } = 16;

    /// <summary>The time limit for the receiver's response.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The delay before the second attempt. It doubles with each attempt and varies by a quarter.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest delay between two attempts.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The number of attempts after which a delivery is given up.</summary>
    public int MaxTries { get; init; } = 20;

    /// <summary>The time after which a delivery is given up.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often the server checks for due deliveries without having been woken.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Returns the delay before the next attempt. It varies, so that deliveries that failed together are not retried together.</summary>
    /// <param name="tries">The number of attempts so far.</param>
    public TimeSpan GetRetryDelay(int tries)
    {
        var wait = FirstRetryDelay.TotalSeconds * Math.Pow(2, Math.Min(tries - 1, 30));
        return TimeSpan.FromSeconds(Math.Min(wait, MaxRetryDelay.TotalSeconds) * (0.75 + (Random.Shared.NextDouble() / 2)));
    }
}
