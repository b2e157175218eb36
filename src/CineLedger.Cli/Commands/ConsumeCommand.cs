using System.CommandLine;
using System.Diagnostics;
using CineLedger.Kafka;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web.Observability;
using Microsoft.Extensions.Logging;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger consume</c>: loads the movies of a topic into the ledger, one snapshot per batch, until it is stopped.</summary>
internal static class ConsumeCommand
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var topic = KafkaOptions.CreateTopic("The topic.");
        var group = KafkaOptions.CreateGroup();
        var batchRecords = new Option<int?>("--batch-records") { Description = "Maximum messages per snapshot. Default: 10000.", HelpName = "N" };
        var batchWait = new Option<string?>("--batch-wait")
        {
            Description = "How long to collect messages before publishing them as a snapshot: 1s, 500ms. Default: 1s.",
            HelpName = "TIME",
        };
        var deadLetter = new Option<string?>("--dead-letter") { Description = "Topic that receives rejected messages. They are always recorded as findings, too.", HelpName = "TOPIC" };
        var accept = LoadingOptions.CreateAccept();
        var untilEnd = new Option<bool>("--until-end") { Description = "Stop at the end of the topic instead of waiting for more messages." };
        var kafka = new KafkaOptions();
        var command = new Command("consume", "Load movies from a Kafka topic continuously, one snapshot per batch. Each message is applied exactly once, even after a crash.")
        {
            store, topic, group, batchRecords, batchWait, deadLetter, accept, untilEnd,
        };
        kafka.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var clock = Stopwatch.StartNew();
            var path = CommonOptions.GetStore(parsed, store);
            var logger = new StandardErrorLogger(parsed.GetValue(CommonOptions.Verbose));
            var name = KafkaOptions.ReadName(parsed, topic);
            var options = new ConsumerOptions(kafka.Read(parsed), name, KafkaOptions.ReadName(parsed, group))
            {
                DeadLetterTopic = parsed.GetValue(deadLetter),
                AcceptedGates = LoadingOptions.ParseAccept(parsed.GetValue(accept)),
                AcceptedBy = LoadingOptions.CurrentUser,
                StopsAtEnd = parsed.GetValue(untilEnd),
            };
            options = options with
            {
                BatchRecords = parsed.GetValue(batchRecords) switch
                {
                    null => options.BatchRecords,
                    >= 1 and <= 100_000 and var some => some,
                    _ => throw new UsageException($"{batchRecords.Name}: must be 1 to 100000."),
                },
                BatchWait = parsed.GetValue(batchWait) is { } time
                    ? DurationParser.Parse(batchWait.Name, time, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10))
                    : options.BatchWait,
            };

            using var export = MetricsExport.Start();

            // Fails immediately if the store cannot be opened at the start; later, a busy store is waited for.
            await (await OpenAsync(path, logger, cancellationToken)).DisposeAsync();
            var taken = await new TopicConsumer(options, stop => OpenAsync(path, logger, stop), logger).RunAsync(
                () => options.StopsAtEnd
                    ? Task.CompletedTask
                    : StandardError.Writer.WriteLineAsync($"Consuming {name} into {StoreEngine.GetSafeName(path)} until Ctrl-C."),
                cancellationToken);
            await StandardError.Writer.WriteLineAsync(FormattableString.Invariant($"Consumed from {name}: {taken:N0} messages in {clock.Elapsed.TotalSeconds:N1} s."));
            return 0;
        });
        command.AddExamples(
            "consume --brokers localhost:9092",
            "consume --brokers localhost:9092 --until-end",
            "consume --brokers localhost:9092 --batch-records 500 --batch-wait 5s --dead-letter rejected-movies");
        return command;
    }

    /// <summary>Opens the ledger, waiting while another process has the DuckDB file open: each batch needs the file exclusively.</summary>
    private static async Task<Ledger> OpenAsync(string store, ILogger logger, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await StoreEngine.Get(store).OpenAsync(store, wait: true, cancellationToken);
            }
            catch (LedgerBusyException error)
            {
                if (tries == 0)
                {
                    Log.WaitingForLedger(logger, error.Message);
                }

                await Task.Delay(Retry, cancellationToken);
            }
        }
    }
}
