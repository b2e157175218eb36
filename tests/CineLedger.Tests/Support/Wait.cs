namespace CineLedger.Tests.Support;

/// <summary>Waits for conditions. The only place in the tests that waits for time to pass.</summary>
internal static class Wait
{
    /// <summary>Far longer than any condition takes, even on a busy machine; only a condition that never holds reaches it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The pause between two checks that cost nothing, such as those of a file or field.</summary>
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest pause between two checks that take a request or a process. Fewer checks leave more processor time to the awaited work.</summary>
    private static readonly TimeSpan LongPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until a condition holds. Fails with the expectation if it does not within <see cref="Limit"/>.</summary>
    public static Task UntilAsync(string expectation, Func<bool> condition) => ForAsync(expectation, () => Task.FromResult(condition()), holds => holds, ShortPause);

    /// <inheritdoc cref="UntilAsync(string, Func{bool})"/>
    public static Task UntilAsync(string expectation, Func<Task<bool>> condition) => ForAsync(expectation, condition, holds => holds);

    /// <summary>Reads a value until it is as expected and returns it. Fails with the expectation and the last value after <see cref="Limit"/>.</summary>
    public static Task<T> ForAsync<T>(string expectation, Func<Task<T>> read, Func<T, bool> isExpected) => ForAsync(expectation, read, isExpected, LongPause);

    private static async Task<T> ForAsync<T>(string expectation, Func<Task<T>> read, Func<T, bool> isExpected, TimeSpan maxPause)
    {
        var end = DateTime.UtcNow + Limit;
        for (var pause = ShortPause; ; pause = pause * 2 < maxPause ? pause * 2 : maxPause)
        {
            var value = await read();
            if (isExpected(value))
            {
                return value;
            }

            Assert.True(DateTime.UtcNow < end, $"not within {Limit.TotalMinutes} minutes: {expectation}; last seen: {value}");
            await Task.Delay(pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Never completes, except by cancellation, like a server that does not respond.</summary>
    public static Task ForeverAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);
}
