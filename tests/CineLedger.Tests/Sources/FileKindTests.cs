using System.Text;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Sources.Kinds;
using CineLedger.Tests.Support;
using CsCheck;

namespace CineLedger.Tests.Sources;

/// <summary>Tests the recognition of files that are not part of the dataset, wherever they are given.</summary>
public sealed class FileKindTests : SourceTestBase
{
    public static TheoryData<int> Samples => [.. Enumerable.Range(0, FileKindSamples.All.Count)];

    [Fact]
    public void Every_kind_has_a_sample_and_a_row_in_the_documentation()
    {
        var page = File.ReadAllText(Repository.GetPath("docs/sources.md"));
        foreach (var kind in FileKinds.All)
        {
            Assert.Contains(FileKindSamples.All, sample => kind.Name.StartsWith(sample.Kind, StringComparison.Ordinal));
            Assert.Contains($"| {kind.Name} |", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_file_of_another_kind_is_described_in_one_line(int index)
    {
        var (kind, content) = FileKindSamples.All[index];
        var path = Write("movies.csv", content);
        var error = await RefusalAsync(path);
        Assert.StartsWith($"{path}: this is {kind}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length - path.Length, 1, 320);
        Assert.Equal(kind is "TMDB's daily ID export: IDs" or "a list from TMDB's", error is QualityGateException);

        var input = await Assert.ThrowsAnyAsync<LedgerException>(
            () => SourceOpener.OpenAsync("-", new SourceOptions { StandardInput = new MemoryStream(content) }, Cancel));
        Assert.Equal(error.Message[path.Length..], input.Message["standard input".Length..]);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_folder_or_zip_that_contains_only_such_a_file_names_it(int index)
    {
        var (kind, content) = FileKindSamples.All[index];
        var file = Write("data/download", content);
        Assert.StartsWith($"{file}: this is {kind}", (await RefusalAsync(Path.Combine(Folder, "data"))).Message, StringComparison.Ordinal);
        foreach (var name in (string[])["data/movies.csv", "download.json", DatasetFiles.Movies])
        {
            var zip = Write("data.zip", ZipOf(name, content));
            Assert.StartsWith($"{zip}: {name}: this is {kind}", (await RefusalAsync(zip)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_with_a_name_of_the_dataset_is_refused_only_where_it_is_read()
    {
        Write("data/movies_metadata.csv", Movies);
        Write("data/ratings.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 709550327\n");
        await using var dataset = await SourceOpener.OpenAsync(Path.Combine(Folder, "data"), cancellationToken: Cancel);
        Assert.NotNull(dataset.Find(DatasetFiles.Movies));
        var error = Assert.Throws<LedgerException>(() => dataset.Find(DatasetFiles.Ratings));
        Assert.Contains("a Git LFS pointer to a file of 709,550,327 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_files_beside_the_movies_do_not_matter()
    {
        Write("data/index.html", "<html>");
        Write("data/my movies.csv", Movies);
        Write("data/title.basics.tsv", "tconst\tprimaryTitle\n");
        await using var dataset = await SourceOpener.OpenAsync(Path.Combine(Folder, "data"), cancellationToken: Cancel);
        Assert.Equal([DatasetFiles.Movies], dataset.Files.Select(file => file.Name));
    }

    [Fact]
    public async Task If_there_are_several_other_files_the_first_one_in_the_table_is_named()
    {
        Write("data/about.pdf", "%PDF-1.7\n");
        Write("data/zz.tsv", "tconst\tprimaryTitle\n");
        Assert.Contains("zz.tsv: this is IMDb's title.basics", (await RefusalAsync(Path.Combine(Folder, "data"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_another_kind_is_refused()
    {
        var (movies, folder) = (Write("movies.csv", Movies), Path.Combine(Folder, "data"));
        Write("data/movies_metadata.csv", "<html>");
        await using var dataset = (await SourceOpener.OpenIfChangedAsync([movies, folder], null, null, Cancel))!;
        var error = Assert.Throws<LedgerException>(() => dataset.GetRequired(DatasetFiles.Movies));
        Assert.Contains("data/movies_metadata.csv: this is a web page", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MovieLens_files_alone_need_the_movies_of_the_dataset()
    {
        Write("data/ratings.csv", "userId,movieId,rating,timestamp\r\n");
        Write("data/links.csv", Links);
        Assert.Contains("MovieLens' files hold ratings and links but no movies", (await RefusalAsync(Path.Combine(Folder, "data"))).Message, StringComparison.Ordinal);
        Write("data/movies.csv", "movieId,title,genres\r\n");
        Assert.Contains("movies.csv: this is MovieLens' list of movies", (await RefusalAsync(Path.Combine(Folder, "data"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\":1,\"title\":\"A\",\"overview\":\"B\"}\n{\"id\":2,\"title\":\"C\"}\n")]
    [InlineData("{\"id\":1,\"title\":\"A\",\"runtime\":97,\"vote_count\":3}")]
    public async Task Json_movies_without_any_date_amount_or_list_are_not_movies(string text)
    {
        var error = Assert.IsType<QualityGateException>(await RefusalAsync(Write("movies.ndjson", text)));
        Assert.Contains("without any date, amount, genre or company", error.Message, StringComparison.Ordinal);
        Assert.Equal(QualityGates.Kind, Assert.Single(error.Violations).Gate);
        var zip = Write("data.zip", Zip(("movies.ndjson", text), ("about.pdf", "%PDF-1.7\n")));
        Assert.StartsWith($"{zip}: movies.ndjson: JSON of movies", Assert.IsType<QualityGateException>(await RefusalAsync(zip)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\":1,\"title\":\"A\"}\n{\"id\":2,\"title\":\"C\",\"release_date\":\"\"}\n")]
    [InlineData("{\"status_code\":34}\nnot JSON\n{\"id\":2,\"budget\":null}\n")]
    [InlineData("{\"id\":2,\"deleted\":true}\n")]
    [InlineData("{\"genres\":[],\"id\":2}")]
    [InlineData("\uFEFF {\"id\":2,\"release_date\":\"2011-05-06\",\"genre_ids\":[18],\"genres\":[{\"id\":18}]}\r\n")]
    public async Task Json_movies_are_recognized_if_any_line_has_a_date_an_amount_or_a_list(string text)
    {
        await using var dataset = await SourceOpener.OpenAsync(Write("movies.ndjson", text), cancellationToken: Cancel);
        Assert.True(dataset.GetRequired(DatasetFiles.Movies).IsJson);
    }

    [Fact]
    public async Task A_line_that_is_longer_than_the_head_is_recognized_by_its_beginning()
    {
        var credits = string.Join(',', Enumerable.Range(1, 4_000).Select(id => $"{{\"id\":{id},\"name\":\"Ann Bell\"}}"));
        await using var dataset = await SourceOpener.OpenAsync(Write("movies.ndjson", $"{{\"credits\":{{\"cast\":[{credits}]}},\"id\":7,\"budget\":5}}\n"), cancellationToken: Cancel);
        Assert.True(dataset.GetRequired(DatasetFiles.Movies).IsJson);
    }

    [Fact]
    public void The_members_of_an_object_may_be_in_any_order() =>
        Gen.Shuffle("\"adult\":false|\"id\":7|\"original_title\":\"{x}\"|\"popularity\":1.5|\"video\":false".Split('|'))
            .Sample(members => Assert.Equal(0, FileKinds.FindIndex(new FileHead(Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}")))), iter: 100);

    /// <summary>The dataset's own files must not be taken for another kind, wherever their head ends.</summary>
    [Fact]
    public void The_files_of_the_dataset_are_of_no_other_kind()
    {
        string[] texts =
        [
            MovieFile.Text(MovieFile.Full(1), MovieFile.Bare(2)),
            "userId,movieId,rating,timestamp\r\n1,31,2.5,1260759144\r\n", "movieId,imdbId,tmdbId\r\n1,0114709,862\r\n",
            "cast,crew,id\n[],[],862\n", "id,keywords\n862,[]\n", "tmdb_id;title;budget;revenue\n1;x;2;3\n",
            "{\"id\":862,\"title\":\"Toy Story\",\"release_date\":\"1995-10-30\",\"genres\":[{\"id\":16,\"name\":\"Animation\"}]}\n",
        ];
        Gen.OneOf([.. texts.Select(text => Gen.Const(text))]).Select(Gen.Int[0, 400]).Sample((text, length) =>
        {
            var header = text.IndexOf('\n', StringComparison.Ordinal);
            Assert.Null(Find(Encoding.UTF8.GetBytes(text[..Math.Clamp(length, header, text.Length)])));
        }, iter: 500);
    }

    /// <summary>Single objects are left out: what follows one shows whether it is a line or a whole file.</summary>
    [Fact]
    public void What_follows_the_beginning_does_not_change_the_kind() =>
        Gen.Int[0, FileKindSamples.All.Count - 1].Select(Gen.Byte.Array[0, 200]).Sample((index, rest) =>
        {
            var (kind, content) = FileKindSamples.All[index];
            var found = Find([.. content, (byte)'\n', .. rest])?.Name ?? "";
            Assert.True(content[0] == '{' || found.StartsWith(kind, StringComparison.Ordinal), $"{kind}: {found}");
        }, iter: 500);

    private static FileKind? Find(byte[] content) => FileKinds.FindIndex(new FileHead(content)) is { } index ? FileKinds.All[index] : null;

    /// <summary>Opens a source and requires its movies, as a load does.</summary>
    private static async Task<LedgerException> RefusalAsync(string address) => await Assert.ThrowsAnyAsync<LedgerException>(async () =>
    {
        await using var dataset = await SourceOpener.OpenAsync(address, cancellationToken: Cancel);
        dataset.GetRequired(DatasetFiles.Movies);
    });

    private static byte[] ZipOf(string name, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }

        return bytes.ToArray();
    }
}
