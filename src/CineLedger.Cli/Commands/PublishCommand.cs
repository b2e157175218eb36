using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CineLedger.Kafka;
using CineLedger.Loading;
using CineLedger.Sources;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger publish SOURCE</c>: publishes the movies of a dataset to a Kafka topic.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A dataset, as for load." };
        var topic = KafkaOptions.CreateTopic("The topic, which must exist; log compaction is recommended.");
        var merge = new Option<bool>("--merge") { Description = "Remove no movie from the topic: for a file with only some of the movies." };
        var allowShrink = new Option<bool>("--allow-shrink") { Description = "Publish even if more than 20 % of the topic's movies are missing." };
        var (maxRejects, accept) = (LoadingOptions.CreateMaxRejects(), LoadingOptions.CreateAccept());
        var kafka = new KafkaOptions();
        var fetching = new FetchOptions();
        var command = new Command("publish", "Publish a dataset's movies to Kafka, keyed by movie ID. Movies that the topic already has are not written again.")
        {
            source, topic, merge, allowShrink, maxRejects, accept,
        };
        kafka.AddTo(command);
        fetching.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var clock = Stopwatch.StartNew();
            var (brokers, name) = (kafka.Read(parsed), KafkaOptions.ReadName(parsed, topic));
            var options = new LoadOptions
            {
                IsMerge = parsed.GetValue(merge),
                AllowsShrink = parsed.GetValue(allowShrink),
                MaxRejects = EnumOption.ParseShare(parsed.GetValue(maxRejects)),
                AcceptedGates = LoadingOptions.ParseAccept(parsed.GetValue(accept)),
            };
            var logger = new StandardErrorLogger(parsed.GetValue(CommonOptions.Verbose));
            using var progress = LoadProgressBar.Create();
            await using var dataset = await SourceOpener.OpenAsync(
                parsed.GetValue(source)!, fetching.Read(parsed) with { Progress = progress, Logger = logger }, cancellationToken);
            var summary = await TopicPublisher.RunAsync(dataset, options, brokers, name, progress, logger, cancellationToken);
            progress.Dispose();
            await StandardError.Writer.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"Published to {name}: {summary.Written:N0} of {summary.Movies:N0} movies written, " +
                $"{summary.Removed:N0} removed, others unchanged. {clock.Elapsed.TotalSeconds:N1} s."));
            return 0;
        });
        command.AddExamples(
            "publish the-movies-dataset.zip --brokers localhost:9092",
            "publish changes.csv --merge --brokers localhost:9092 --topic movies",
            "publish the-movies-dataset.zip --brokers kafka.example:9093 --kafka-option security.protocol=SASL_SSL");
        return command;
    }
}
