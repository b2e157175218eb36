using System.CommandLine;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Samples;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger sample</c>: generates a dataset with the quirks of the real one.</summary>
internal static class SampleCommand
{
    public static Command Create()
    {
        var movies = new Option<int>("--movies") { Description = "Number of movies.", HelpName = "N", DefaultValueFactory = _ => new SampleOptions().Movies };
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of the generator: the same seed and options produce the same dataset.",
            HelpName = "K",
            DefaultValueFactory = _ => 1,
        };
        var ratings = new Option<long?>("--ratings")
        {
            Description = $"Number of ratings. Default: {SampleOptions.RatingsPerMovie} per movie.",
            HelpName = "N",
        };
        var quirks = EnumOption.Create<SampleQuirks>("--quirks", value => value.ToString().ToLowerInvariant(), "Faults of the real dataset to include.");
        quirks.DefaultValueFactory = _ => SampleQuirks.All;
        var file = new Option<string>("--output", "-o") { Description = "The zip to write.", HelpName = "FILE.zip", Required = true };
        var command = new Command("sample", "Write a synthetic dataset: invented movies and companies in the shape of the real dataset.")
        {
            movies, seed, ratings, quirks, file,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new SampleOptions
            {
                Movies = parsed.GetValue(movies),
                Seed = parsed.GetValue(seed),
                Ratings = parsed.GetValue(ratings),
                Quirks = parsed.GetValue(quirks),
            };
            if (options.Movies is < 1 or > SampleOptions.MaxMovies)
            {
                throw new UsageException(FormattableString.Invariant($"--movies: must be 1 to {SampleOptions.MaxMovies:N0}."));
            }

            if (options.Ratings < 0)
            {
                throw new UsageException("--ratings: must be 0 or more.");
            }

            var path = parsed.GetValue(file)!;
            var size = "";
            try
            {
                await AtomicFile.WriteAsync(
                    path,
                    async stream =>
                    {
                        await SampleWriter.WriteAsync(options, stream, cancellationToken);
                        size = stream.CanSeek ? FormattableString.Invariant($", {stream.Position / 1e6:N1} MB") : "";
                    },
                    cancellationToken);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new LedgerException($"{path} cannot be written: {error.Message}", error);
            }

            await StandardError.Writer.WriteLineAsync(FormattableString.Invariant(
                $"{path}: {options.Movies:N0} synthetic movies, seed {options.Seed}{size}."));
            return 0;
        });
        command.AddExamples("sample -o sample.zip", "sample --movies 45466 --seed 7 -o sample.zip", "sample --movies 500 --quirks none -o clean.zip");
        return command;
    }
}
