using Polly;
using Polly.Retry;

namespace CineLedger.Sources.Http;

/// <summary>Retries downloads after transient failures, with exponential backoff and jitter, or after the delay that the server requests.</summary>
internal static class DownloadRetry
{
    public static ResiliencePipeline CreatePipeline(SourceOptions options, string displayName)
    {
        // Polly counts retries, and requires at least one.
        if (options.Attempts <= 1)
        {
            return ResiliencePipeline.Empty;
        }

        return new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                ShouldHandle = new PredicateBuilder().Handle<DownloadFailure>(failure =>
                    failure.IsTransient && !(failure.RetryAfter > options.MaxRetryDelay)),
                // Null selects the backoff above. A date in the past results in a negative delay.
                DelayGenerator = arguments =>
                {
                    var retryAfter = (arguments.Outcome.Exception as DownloadFailure)?.RetryAfter;
                    return ValueTask.FromResult(retryAfter > TimeSpan.Zero ? retryAfter : null);
                },
                OnRetry = arguments =>
                {
                    var reason = arguments.Outcome.Exception!.Message;
                    options.Logger.DownloadRetried(displayName, reason, arguments.AttemptNumber + 2, options.Attempts, arguments.RetryDelay);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }
}
