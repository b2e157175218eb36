using System.CommandLine;
using System.Diagnostics;
using CineLedger.Kafka;
using CineLedger.Loading;
using CineLedger.Sources;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger publish SOURCE</c>: a dataset's movies into a topic of Kafka's.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A dataset as for load." };
        var topic = KafkaOptions.CreateTopic("The topic, which has to be there; log compaction suits it.");
        var merge = new Option<bool>("--merge") { Description = "Leave movies in the topic that the dataset lacks: for a partial file." };
        var allowShrink = new Option<bool>("--allow-shrink") { Description = "Publish even if more than 20 % of the topic's movies are gone." };
        var maxRejects = new Option<string>("--max-rejects") { Description = "The share of rejected records that may still be published.", HelpName = "SHARE", DefaultValueFactory = _ => "1%" };
        var kafka = new KafkaOptions();
        var fetching = new FetchOptions();
        var command = new Command("publish", "Write a dataset's movies to Kafka, keyed by their ids: only what the topic does not hold already.") { source, topic, merge, allowShrink, maxRejects };
        kafka.AddTo(command);
        fetching.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var clock = Stopwatch.StartNew();
            var (brokers, name) = (kafka.Read(parsed), KafkaOptions.ReadName(parsed, topic));
            var options = new LoadOptions { IsMerge = parsed.GetValue(merge), AllowsShrink = parsed.GetValue(allowShrink), MaxRejects = EnumOption.ParseShare(parsed.GetValue(maxRejects)!) };
            var logger = new StandardErrorLogger(parsed.GetValue(CommonOptions.Verbose));
            using var progress = LoadProgressBar.Create();
            await using var dataset = await SourceOpener.OpenAsync(parsed.GetValue(source)!, fetching.Read(parsed) with { Progress = progress, Logger = logger }, cancellationToken);
            var summary = await TopicPublisher.RunAsync(dataset, options, brokers, name, progress, logger, cancellationToken);
            progress.Dispose();
            await Console.Error.WriteLineAsync(FormattableString.Invariant(
                $"Published to {name}: {summary.Written:N0} of {summary.Movies:N0} movies written, {summary.Removed:N0} removed, the others were there. {clock.Elapsed.TotalSeconds:N1} s."));
            return 0;
        });
        return command;
    }
}
