using System.Diagnostics;
using System.Globalization;
using System.Text;
using CineLedger.Cleaning.Lists;
using CineLedger.Loading;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;
using DuckDB.NET.Data;
using Sylvan.Data.Csv;

namespace CineLedger.Measure;

/// <summary>Runs one contender on one whole file of a dataset's folder and prints its seconds, and its result as a check. For bench/ratings.sh.</summary>
internal static class FileBenchmark
{
    public static async Task<int> RunAsync(string contender, string folder)
    {
        var clock = Stopwatch.StartNew();
        await using var dataset = await SourceOpener.OpenAsync(folder);
        var result = contender switch
        {
            "ratings-own" => await RatingsOwnAsync(dataset),
            "ratings-duckdb" => await RatingsDuckDbAsync(folder),
            "credits-fields" => await CreditsFieldsAsync(dataset),
            "credits-sylvan" => await CreditsSylvanAsync(dataset),
            "credits-literals" => await CreditsLiteralsAsync(dataset),
            "credits-parsed" => await CreditsParsedAsync(dataset),
            _ => throw new ArgumentException($"unknown contender '{contender}'"),
        };
        Console.WriteLine(FormattableString.Invariant($"{clock.Elapsed.TotalSeconds:0.000} {result}"));
        return 0;
    }

    /// <summary>Sums the ratings as a load does, including the links, as if the ledger had every movie.</summary>
    private static async Task<string> RatingsOwnAsync(Dataset dataset)
    {
        var gates = new GateDecision(new LoadOptions());
        var (links, _) = await LinkReader.ReadAsync(dataset, dataset.GetRequired(DatasetFiles.Links), gates, default);
        var targets = await RatingLinkResolver.ResolveAsync(
            links.Links, _ => true, (_, _) => Task.FromResult(new Dictionary<long, string?>()), default);
        var read = await new RatingPipeline(dataset, dataset.GetRequired(DatasetFiles.Ratings), links.Indexes, links.Links.Count).ReadAsync(gates, null, default);
        var (rows, ratings, micros) = (0, 0L, 0L);
        foreach (var year in read.Tally.EnumerateSorted())
        {
            if (targets.Movies[year.Link] > 0)
            {
                (rows, ratings, micros) = (rows + 1, ratings + year.Ratings, micros + year.Micros);
            }
        }

        return FormattableString.Invariant($"{rows} rows, {ratings} ratings, sum {micros / 1e6}");
    }

    /// <summary>
    /// Sums the ratings with DuckDB's reader on two threads, with given columns so that it does not detect them. TMDB IDs that occur twice are
    /// left out, as in the other contender.
    /// </summary>
    private static async Task<string> RatingsDuckDbAsync(string folder)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SET threads = 2;
            SET TimeZone = 'UTC';
            CREATE TABLE link AS
                SELECT movieId, MIN(tmdbId) AS tmdbId FROM (
                    SELECT *, COUNT(*) OVER (PARTITION BY tmdbId) AS times
                    FROM read_csv('{folder}/links.csv', header = true, columns = {"{'movieId': 'BIGINT', 'imdbId': 'BIGINT', 'tmdbId': 'BIGINT'}"}))
                WHERE tmdbId IS NOT NULL AND times = 1 GROUP BY movieId;
            CREATE TABLE rated AS
                SELECT l.tmdbId, year(make_timestamp(r.timestamp * 1000000)) AS rating_year, COUNT(*) AS ratings, SUM(r.rating) AS rating_sum
                FROM read_csv('{folder}/ratings.csv', header = true, auto_detect = false, delim = ',',
                              columns = {"{'userId': 'INTEGER', 'movieId': 'INTEGER', 'rating': 'DECIMAL(3, 1)', 'timestamp': 'BIGINT'}"}) r
                JOIN link l ON l.movieId = r.movieId
                GROUP BY ALL;
            SELECT COUNT(*) || ' rows, ' || SUM(ratings) || ' ratings, sum ' || SUM(rating_sum) FROM rated
            """;
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
    }

    /// <summary>Reads every field of every record as text without its quotes, without parsing it.</summary>
    private static async Task<string> CreditsFieldsAsync(Dataset dataset)
    {
        await using var stream = dataset.Open(dataset.GetRequired(DatasetFiles.Credits));
        var reader = new RecordReader(stream, DatasetFiles.Credits);
        await reader.ReadHeaderAsync(default);
        var (records, bytes) = (0, 0L);
        await foreach (var batch in reader.ReadBatchesAsync(default))
        {
            using (batch)
            {
                records += batch.Count;
                for (var i = 0; i < batch.Count; i++)
                {
                    var record = batch[i];
                    for (var field = 0; field < record.FieldCount; field++)
                    {
                        bytes += record[field].Length;
                    }
                }
            }
        }

        return FormattableString.Invariant($"{records} records, {bytes} bytes of fields");
    }

    /// <summary>Does the same with Sylvan.Data.Csv, on decoded text.</summary>
    private static async Task<string> CreditsSylvanAsync(Dataset dataset)
    {
        using var text = new StreamReader(dataset.Open(dataset.GetRequired(DatasetFiles.Credits)), Encoding.UTF8);
        await using var reader = await CsvDataReader.CreateAsync(text, new CsvDataReaderOptions { BufferSize = 0x100000 });
        var (records, characters) = (0, 0L);
        while (await reader.ReadAsync())
        {
            records++;
            for (var field = 0; field < reader.RowFieldCount; field++)
            {
                characters += reader.GetFieldSpan(field).Length;
            }
        }

        return FormattableString.Invariant($"{records} records, {characters} characters of fields");
    }

    /// <summary>Parses every literal on all cores, and only counts the people of every movie.</summary>
    private static async Task<string> CreditsLiteralsAsync(Dataset dataset)
    {
        await using var stream = dataset.Open(dataset.GetRequired(DatasetFiles.Credits));
        var reader = new RecordReader(stream, DatasetFiles.Credits);
        var columns = CreditsCleaner.ReadColumns(await reader.ReadHeaderAsync(default), DatasetFiles.Credits);
        var pipeline = new BatchPipeline<(CreditListParser Lists, CreditListBuilder People), (int Movies, long People)>(
            reader.ReadBatchesAsync, () => (new CreditListParser(), new CreditListBuilder()), (parser, batch, _) => Task.FromResult(Parse(parser.Lists, parser.People, batch)));
        var (movies, people) = (0, 0L);
        await foreach (var batch in pipeline.ReadAsync(default))
        {
            movies += batch.Movies;
            people += batch.People;
        }

        return FormattableString.Invariant($"{movies} movies, {people} credits");

        (int Movies, long People) Parse(CreditListParser lists, CreditListBuilder people, RecordBatch batch)
        {
            var (movies, found) = (0, 0L);
            for (var i = 0; i < batch.Count; i++)
            {
                var record = batch[i];
                people.Clear();
                if (lists.TryParse(record[columns[1]], isCast: true, people, out _) && lists.TryParse(record[columns[2]], isCast: false, people, out _))
                {
                    (movies, found) = (movies + 1, found + people.Count);
                }
            }

            return (movies, found);
        }
    }

    /// <summary>Cleans the credits as a load does: every person of every movie, with names, jobs and fingerprints.</summary>
    private static async Task<string> CreditsParsedAsync(Dataset dataset)
    {
        var pipeline = new ListPipeline<Credit>(
            dataset, CreditsCleaner.ReadColumns, (columns, file) => new CreditsCleaner(columns, file));
        var (movies, people) = (0, 0L);
        await foreach (var batch in pipeline.ReadAsync(dataset.GetRequired(DatasetFiles.Credits), default))
        {
            movies += batch.Items.Count;
            people += batch.Items.Sum(list => (long)list.Items.Count);
        }

        return FormattableString.Invariant($"{movies} movies, {people} credits");
    }
}
