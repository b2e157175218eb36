using System.Text;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Sources.Kinds;
using CsCheck;

namespace CineLedger.Tests.Sources;

public sealed class CsvFileTests : SourceTestBase
{
    private static readonly (string Name, string Header)[] Kinds =
    [
        (DatasetFiles.Movies, "adult,belongs_to_collection,budget,genres,id,imdb_id,title,revenue,release_date"),
        (DatasetFiles.Ratings, "userId,movieId,rating,timestamp"),
        (DatasetFiles.Links, "movieId,imdbId,tmdbId"),
        (DatasetFiles.Credits, "cast,crew,id"),
        (DatasetFiles.Keywords, "id,keywords"),
    ];

    [Theory]
    [InlineData("adult,belongs_to_collection,budget,genres,homepage,id,title,cast,crew,keywords", DatasetFiles.Movies)]
    [InlineData("title,tmdb_id,release_date", DatasetFiles.Movies)]
    [InlineData("\"id\",\"title\",\"revenue\"", DatasetFiles.Movies)]
    [InlineData("\uFEFF\"Title\", ID", DatasetFiles.Movies)]
    [InlineData("title;id;budget", DatasetFiles.Movies)]
    [InlineData("budget,title", DatasetFiles.Movies)]
    [InlineData("userId,movieId,rating,timestamp", DatasetFiles.Ratings)]
    [InlineData("timestamp,rating,movieId,userId", DatasetFiles.Ratings)]
    [InlineData("movieId,imdbId,tmdbId", DatasetFiles.Links)]
    [InlineData("cast,crew,id", DatasetFiles.Credits)]
    [InlineData("id,keywords", DatasetFiles.Keywords)]
    public async Task A_csv_file_is_recognized_by_its_header_whatever_it_is_called(string header, string name)
    {
        var path = Write("download (3).txt", header + "\r\n1,2,3\r\n");
        await using var dataset = await SourceOpener.OpenAsync(path, cancellationToken: Cancel);
        Assert.Equal(name, dataset.Files[0].Name);
        Assert.False(dataset.IsSynthetic);
    }

    [Fact]
    public void The_order_of_the_columns_does_not_matter_for_any_kind_of_file() =>
        Gen.OneOf([.. Kinds.Select(kind => Gen.Const(kind))])
            .SelectMany(kind => Gen.Shuffle(kind.Header.Split(',')).Select(columns => (kind.Name, columns)))
            .Sample(kind => FileContent.Recognize(new FileHead(Encoding.UTF8.GetBytes(string.Join(',', kind.columns))), "x").Name == kind.Name,
                iter: 500);

    [Fact]
    public async Task A_CSV_file_is_read_in_place_with_its_byte_order_mark()
    {
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Movies)).ToArray();
        await using var dataset = await SourceOpener.OpenAsync(Write("x.csv", bytes), cancellationToken: Cancel);
        await using var stream = dataset.Open(dataset.GetRequired(DatasetFiles.Movies));
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancel);
        Assert.Equal(bytes, copy.ToArray());
    }

    [Theory]
    [InlineData("", "empty (0 bytes)")]
    [InlineData("\n \n", "blank")]
    [InlineData("<!DOCTYPE html><title>404</title>", "web page")]
    [InlineData("\uFEFF\r\n  <?xml version='1.0'?><Error/>", "web page or XML")]
    [InlineData("{\"error\": \"not found\"}", "JSON whose first line has no \"id\"")]
    [InlineData("name,phone\nx,1\n", "it begins with \"name,phone\"")]
    [InlineData("GIF89a\u0001\0\u0001\0", "binary")]
    public async Task A_file_that_is_neither_zip_nor_CSV_is_refused_with_a_guess_of_its_type(string text, string expected) =>
        Assert.Contains(expected, await ErrorAsync(Write("movies.zip", text)), StringComparison.Ordinal);

    [Fact]
    public void Random_bytes_are_never_taken_for_a_dataset() =>
        Gen.Byte.Array[1, 400].Where(bytes => bytes[0] != 'P').Sample(
            bytes => Assert.Throws<LedgerException>(() => FileContent.Recognize(new FileHead(bytes), "x")), iter: 500);

    [Fact]
    public async Task A_missing_file_is_named() =>
        Assert.Contains("no such file or folder", await ErrorAsync(Path.Combine(Folder, "missing.zip")), StringComparison.Ordinal);

    [Fact]
    public async Task A_csv_file_that_grows_while_it_is_read_is_noticed()
    {
        var path = Write("x.csv", Movies);
        await using var dataset = await SourceOpener.OpenAsync(path, cancellationToken: Cancel);
        await using var stream = dataset.Open(dataset.GetRequired(DatasetFiles.Movies));
        File.AppendAllText(path, "False,1,863,Toy Story 2,1999-10-30\n");
        var error = await Assert.ThrowsAsync<LedgerException>(() => stream.CopyToAsync(Stream.Null, Cancel));
        Assert.Contains("changed while it was being read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_replaced_by_renaming_does_not_disturb_its_readers()
    {
        var path = Write("x.csv", Movies);
        await using var dataset = await SourceOpener.OpenAsync(path, cancellationToken: Cancel);
        using var reader = new StreamReader(dataset.Open(dataset.GetRequired(DatasetFiles.Movies)));
        File.Move(Write("new.csv", Movies + Movies), path, overwrite: true);
        Assert.Equal(Movies, await reader.ReadToEndAsync(Cancel));
    }
}
