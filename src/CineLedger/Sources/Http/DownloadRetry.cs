using Polly;
using Polly.Retry;

namespace CineLedger.Sources.Http;

/// <summary>When a download is tried again: after a transient failure, with waits that double and vary, or as the server asks.</summary>
internal static class DownloadRetry
{
    public static ResiliencePipeline CreatePipeline(SourceOptions options, string displayName)
    {
        // Polly counts the tries after the first, and wants one at least.
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
                // Null leaves it to the back-off above. A date in the past comes out negative.
                DelayGenerator = arguments =>
                {
                    var query = (arguments.Outcome.Exception as DownloadFailure)?.RetryAfter;
                    return ValueTask.FromResult(query > TimeSpan.Zero ? query : null);
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
