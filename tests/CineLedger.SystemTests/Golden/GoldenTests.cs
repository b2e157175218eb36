using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.RealData;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Golden;

/// <summary>
/// Compares the output of the listed commands and the responses to the listed requests with the golden files beside this test. To change a golden file on purpose, run the
/// tests with CINELEDGER_WRITE_GOLDEN=1 and review the difference before committing it.
/// </summary>
public sealed partial class GoldenTests(GoldenLedger ledger) : IClassFixture<GoldenLedger>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_print_what_they_printed_before()
    {
        var actual = new StringBuilder();
        foreach (var command in Lines("commands.txt"))
        {
            var arguments = Argument().Matches(command).Select(match => match.Value.Trim('\'')).ToArray();
            var result = await ledger.Workspace.RunAsync(arguments);
            actual.Append(CultureInfo.InvariantCulture, $"=== cineledger {command}\nexit {result.ExitCode}\n");
            Append(actual, "stdout", result.OutputBytes);
            Append(actual, "stderr", Encoding.UTF8.GetBytes(result.Error));
            if (Array.IndexOf(arguments, "-o") is >= 0 and var option && File.Exists(ledger.Workspace.GetPath(arguments[option + 1])))
            {
                Append(actual, arguments[option + 1], await File.ReadAllBytesAsync(ledger.Workspace.GetPath(arguments[option + 1]), Cancel));
            }
        }

        await CompareAsync("commands.golden", actual.ToString());
    }

    [Fact]
    public async Task Requests_get_the_responses_that_they_got_before()
    {
        await using var served = await ServeProcess.StartAsync(ledger.Workspace);
        var actual = new StringBuilder();
        foreach (var request in Lines("requests.txt"))
        {
            using var response = await served.Client.GetAsync(request, Cancel);
            actual.Append(CultureInfo.InvariantCulture, $"=== GET {request}\n{(int)response.StatusCode} {response.Content.Headers.ContentType}\n");
            foreach (var header in response.Headers.Where(header => header.Key is "Link" or "Cache-Control" or "Vary").OrderBy(header => header.Key, StringComparer.Ordinal))
            {
                actual.Append(CultureInfo.InvariantCulture, $"{header.Key}: {string.Join(", ", header.Value)}\n");
            }

            Append(actual, "body", await response.Content.ReadAsByteArrayAsync(Cancel));
        }

        await CompareAsync("requests.golden", actual.ToString());
    }

    /// <summary>Real data is never committed, so only checksums are kept.</summary>
    [Fact]
    public async Task Reports_of_the_real_head_are_unchanged()
    {
        RealData.SkipIfMissing(RealData.Head);
        using var workspace = new Workspace();
        // A response names its source, so its path must not depend on the location of the checkout.
        File.Copy(RealData.Find(RealData.Head)!, workspace.GetPath("head.zip"));
        await workspace.RunSuccessfullyAsync("load", "head.zip", "--reports", "reports");
        var actual = new StringBuilder();
        foreach (var file in Directory.GetFiles(workspace.GetPath("reports")).Order(StringComparer.Ordinal))
        {
            AppendSum(actual, Path.GetFileName(file), await File.ReadAllBytesAsync(file, Cancel));
        }

        await using var served = await ServeProcess.StartAsync(workspace);
        foreach (var request in Lines("requests.txt"))
        {
            using var response = await served.Client.GetAsync(request, Cancel);
            AppendSum(actual, request, Encoding.UTF8.GetBytes(GoldenText.From(await response.Content.ReadAsByteArrayAsync(Cancel))));
        }

        await CompareAsync("head.golden", actual.ToString());
    }

    private static IEnumerable<string> Lines(string file) => File.ReadLines(GetPath(file)).Where(line => !line.StartsWith('#'));

    private static string GetPath(string file) => Repository.GetPath("tests", "CineLedger.SystemTests", "Golden", file);

    private static void Append(StringBuilder actual, string name, byte[] content)
    {
        if (content.Length > 0)
        {
            actual.Append(CultureInfo.InvariantCulture, $"--- {name}\n{GoldenText.From(content).TrimEnd('\n')}\n");
        }
    }

    private static void AppendSum(StringBuilder actual, string name, byte[] content) =>
        actual.Append(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(content))} {name}\n");

    private static async Task CompareAsync(string file, string actual)
    {
        if (Environment.GetEnvironmentVariable("CINELEDGER_WRITE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(GetPath(file), actual, Cancel);
        }

        Assert.Equal(await File.ReadAllTextAsync(GetPath(file), Cancel), actual);
    }

    [GeneratedRegex("'[^']*'|[^ ]+")]
    private static partial Regex Argument();
}
