using CineLedger.Model;
using CineLedger.Tests.Support;
using CsCheck;

namespace CineLedger.Tests.Records;

public sealed class JoiningPropertyTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["abc é日"], 0, 6].Select(word => $"w{word}w");

    /// <summary>Texts that may be written without quotes: they contain line breaks, but nothing else that needs quotes.</summary>
    private static Gen<string> BrokenText(int maxBreaks) =>
        Gen.Select(Word, Gen.Select(Gen.OneOf("\n", "\r", "\r\n", "\n\n", "\r\n\r\n"), Word).Array[1, maxBreaks])
            .Select((first, rest) => first + string.Concat(rest.Select(part => part.Item1 + part.Item2)));

    private static readonly Gen<(MovieRow Row, string[] Broken)> Movie = Gen.Select(
        Gen.Long[1, 1_000_000],
        BrokenText(2),
        BrokenText(1),
        Gen.Frequency((3, Array.Empty<string>()), (2, ["overview"]), (1, ["tagline"]), (1, ["title", "overview"])),
        Gen.OneOf("", "a line", "with \"quotes\", and a\nbreak"),
        (id, one, two, broken, quoted) =>
        {
            var row = MovieFile.Full(id, ("overview", quoted), ("tagline", quoted));
            return (row.With([.. broken.Select((column, i) => (column, i == 0 ? one : two))]), broken);
        });

    /// <summary>
    /// Random column orders without a broken text in the first column: if the last column is also a text, a line could belong to either.
    /// </summary>
    private static readonly Gen<string[]> ColumnOrder =
        Gen.Shuffle(MovieFile.Columns.ToArray()).Where(columns => columns[0] is not ("overview" or "tagline" or "title"));

    [Fact]
    public Task A_dataset_broken_at_random_loads_as_the_unbroken_one_whatever_the_batch() =>
        Gen.Select(Movie.Array[1, 12], ColumnOrder, Gen.Int[16, 4_000], Gen.OneOf("\n", "\r\n", "\r")).SampleAsync(
            async (movies, columns, batchBytes, lineEnd) =>
            {
                var header = CsvText.Row(columns) + lineEnd;
                var whole = header + string.Concat(movies.Select(movie => movie.Row.Write(columns) + lineEnd));
                var broken = header + string.Concat(movies.Select(movie => movie.Row.WriteBroken(columns, movie.Broken) + lineEnd));

                var expected = await CleanedFile.CreateFromBatchesAsync(whole, 1 << 20);
                var cleaned = await CleanedFile.CreateFromBatchesAsync(broken, batchBytes, bytesARead: 1 + (batchBytes / 3));

                Assert.Equal(movies.Length, expected.Movies.Count);
                Assert.Equal(expected.Contents, cleaned.Contents);
                Assert.Equal(
                    movies.Where(movie => movie.Broken.Length > 0).Select(movie => movie.Row["id"]),
                    cleaned.Findings.Where(finding => finding.Rule == Rules.SplitRecord).Select(finding => $"{finding.MovieId}"));
            },
            iter: 1_500);

    [Fact]
    public Task Batches_of_any_size_hold_the_same_records() =>
        Gen.Select(Movie.Array[1, 10], Gen.Int[16, 3_000]).SampleAsync(
            async (movies, batchBytes) =>
            {
                var text = MovieFile.Header() + string.Concat(movies.Select((movie, i) => movie.Row.WriteBroken(MovieFile.Columns, movie.Broken) + (i % 3 == 0 ? "\n,,\nstray,\n\n" : "\n")));
                var (one, many) = (await CleanedFile.CreateFromBatchesAsync(text, 1 << 20), await CleanedFile.CreateFromBatchesAsync(text, batchBytes));
                Assert.Equal(one.Contents, many.Contents);
                Assert.Equal(one.Findings, many.Findings);
            },
            iter: 1_000);
}
