using System.CommandLine;
using System.Text.Json;
using CineLedger.HealthChecks;
using CineLedger.Model;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger doctor</c>: checks an installation, and reports problems and what to do about them.</summary>
internal static class DoctorCommand
{
    private const int DefaultDays = 35;

    private enum CheckFormat
    {
        Text,
        Json,
    }

    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var brokers = new Option<string?>("--brokers") { Description = "Also check these Kafka brokers: host:port, separated by commas.", HelpName = "HOSTS" };
        var days = new Option<int>("--max-age")
        {
            Description = "Warn if the newest snapshot is older than this many days.",
            HelpName = "DAYS",
            DefaultValueFactory = _ => DefaultDays,
        };
        var deep = new Option<bool>("--deep") { Description = "Also read every row of the ledger once, which finds damaged data. It takes about as long as copying the ledger." };
        var url = new Option<string?>("--url")
        {
            Description = "Check only this public address of a server, as a caller without a key sees it: reading, SQL, metrics, who counts as local, TLS.",
            HelpName = "URL",
        };
        var format = EnumOption.Create<CheckFormat>("--format", word => word.ToString().ToLowerInvariant(), "Output as one line per check, or as JSON.");
        var command = new Command("doctor", "Check an installation: the ledger, its servers and this machine. Changes nothing; exit code 1 if a check fails.")
        {
            store, CommonOptions.ReadStore, brokers, days, deep, url, format,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(days) < 1)
            {
                throw new UsageException($"{days.Name}: must be a number of days, 1 or more.");
            }

            var request = new CheckRequest(
                CommonOptions.GetStore(parsed, store), CommonOptions.GetReadStore(parsed, store), parsed.GetValue(brokers), TimeSpan.FromDays(parsed.GetValue(days)),
                parsed.GetValue(deep));
            var results = parsed.GetValue(url) is { } address
                ? await PublicAddressChecks.RunAsync(address, cancellationToken)
                : await Doctor.RunAsync(request, cancellationToken);
            await (parsed.GetValue(format) == CheckFormat.Json ? WriteJsonAsync(results, cancellationToken) : WriteTextAsync(results));
            return results.Any(result => result.State == CheckStatus.Unhealthy) ? 1 : 0;
        });
        command.AddExamples("doctor", "doctor --deep --max-age 7", "doctor --url https://movies.example");
        return command;
    }

    private static string GetStatusName(CheckStatus state) => state switch
    {
        CheckStatus.Healthy => "good",
        CheckStatus.Warning => "warning",
        _ => "bad",
    };

    private static async Task WriteTextAsync(IReadOnlyList<CheckResult> results)
    {
        var width = results.Max(result => result.Name.Length);
        foreach (var result in results)
        {
            var text = result.Advice is null ? result.Text : $"{result.Text}; {result.Advice}";
            await Console.Out.WriteLineAsync($"{GetStatusName(result.State),-7}  {result.Name.PadRight(width)}  {text}.");
        }
    }

    private static async Task WriteJsonAsync(IReadOnlyList<CheckResult> results, CancellationToken cancellationToken)
    {
        var output = Console.OpenStandardOutput();
        await using (output)
        {
            await using (var json = new Utf8JsonWriter(
                output, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                json.WriteStartArray("data");
                foreach (var result in results)
                {
                    json.WriteStartObject();
                    json.WriteString("check", result.Name);
                    json.WriteString("state", GetStatusName(result.State));
                    json.WriteString("text", result.Text);
                    json.WriteString("advice", result.Advice);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                await json.FlushAsync(cancellationToken);
            }

            output.WriteByte((byte)'\n');
        }
    }
}
