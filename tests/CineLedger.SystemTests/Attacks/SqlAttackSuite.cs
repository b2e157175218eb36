using System.Diagnostics;

namespace CineLedger.SystemTests.Attacks;

/// <summary>
/// Sends a hostile statement as an outside attacker does, and then checks that the server still answers, has not grown, has revealed nothing, and runs
/// the next statement.
/// </summary>
public abstract class SqlAttackSuite(AttackedServer server)
{
    /// <summary>The growth of the server's memory that a statement may cause.</summary>
    private const long MaxGrowth = 300L << 20;

    /// <param name="sql">The statement.</param>
    /// <param name="allowed">The statuses that are right: refused, over a limit, or answered without harm.</param>
    protected async Task AttackAsync(string sql, params int[] allowed)
    {
        var before = server.ReadMemory();
        var (status, text) = await server.RunAsync(sql);
        Assert.True(allowed.Contains(status), $"{status} {text[..Math.Min(text.Length, 300)]}");

        var clock = Stopwatch.StartNew();
        using (var live = await server.Client.GetAsync("/health/live", TestContext.Current.CancellationToken))
        {
            Assert.True(live.IsSuccessStatusCode);
        }

        var health = clock.Elapsed;
        var (next, answer) = await server.RunAsync("SELECT 1 AS one");
        Assert.True(next == 200, answer);
        Assert.Contains("{\"one\":1}", answer, StringComparison.Ordinal);
        TestContext.Current.SendDiagnosticMessage($"{status}; health after {health.TotalSeconds:0.00} s, SELECT 1 after {clock.Elapsed.TotalSeconds:0.00} s: {text[..Math.Min(text.Length, 200)]}");
        Assert.InRange(server.ReadMemory() - before, long.MinValue, MaxGrowth);
    }
}
