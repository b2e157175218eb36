using System.IO.Compression;
using System.Text;

[assembly: AssemblyFixture(typeof(CineLedger.SystemTests.CommandLine.Datasets))]

namespace CineLedger.SystemTests.CommandLine;

/// <summary>Datasets that the command itself generates once for all tests.</summary>
public sealed class Datasets : IAsyncLifetime
{
    private readonly Workspace _workspace = new();

    /// <summary>2,000 movies with all the quirks.</summary>
    public string Movies => _workspace.GetPath("movies.zip");

    /// <summary>300 movies without errors; each record is one line.</summary>
    public string Clean => _workspace.GetPath("clean.zip");

    /// <summary>500 movies with all the quirks.</summary>
    public string Small => _workspace.GetPath("small.zip");

    /// <summary>25,000 movies: a load that takes a while.</summary>
    public string Large => _workspace.GetPath("large.zip");

    /// <summary>Another 25,000 movies.</summary>
    public string OtherLarge => _workspace.GetPath("other-large.zip");

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(
            SampleAsync("--movies", "2000", "--seed", "7", "-o", "movies.zip"),
            SampleAsync("--movies", "500", "--seed", "1", "-o", "small.zip"),
            SampleAsync("--movies", "300", "--seed", "3", "--quirks", "none", "-o", "clean.zip"),
            SampleAsync("--movies", "25000", "--seed", "7", "--ratings", "0", "-o", "large.zip"),
            SampleAsync("--movies", "25000", "--seed", "8", "--ratings", "0", "-o", "other-large.zip"));
    }

    private Task<CommandResult> SampleAsync(params string[] options) => _workspace.RunSuccessfullyAsync(["sample", .. options]);

    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Returns the bytes of movies_metadata.csv in a zip.</summary>
    public static byte[] Csv(string zip)
    {
        using var archive = ZipFile.OpenRead(zip);
        using var content = new MemoryStream();
        using var entry = archive.GetEntry("movies_metadata.csv")!.Open();
        entry.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Returns the lines of <see cref="Clean"/>; the first is the header.</summary>
    public string[] CleanLines() => Encoding.UTF8.GetString(Csv(Clean)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Returns <see cref="Small"/> as a zip in which some invented names are replaced by those in the documentation.</summary>
    public byte[] CreateNamed()
    {
        using var archive = ZipFile.OpenRead(Small);
        var files = archive.Entries.Select(entry => (entry.Name, Content: ReadText(entry))).ToList();
        var studios = files.Single(file => file.Name == "studios.csv").Content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(',')).DistinctBy(line => line[0]).ToList();
        var keyword = files.Single(file => file.Name == "keywords.csv").Content.Split("'name': '")[1].Split('\'')[0];
        (string Invented, string Documented)[] names =
        [
            (studios[0][0], "Disney"), (studios[1][0], "Warner Bros."), (studios[0][1].Trim('"'), "Walt Disney Pictures"), (studios[1][1].Trim('"'), "Pixar Animation Studios"),
            ($"'{keyword}'", "'space'"),
        ];
        return Zip([.. files.Select(file => (file.Name, names.Aggregate(file.Content, (text, name) => text.Replace(name.Invented, name.Documented, StringComparison.Ordinal))))]);
    }

    private static string ReadText(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    /// <summary>Creates a zip of these files.</summary>
    public static byte[] Zip(params (string Name, string Content)[] files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return zip.ToArray();
    }

    /// <summary>Creates a zip with a movies_metadata.csv of these lines.</summary>
    public static byte[] MovieZip(IEnumerable<string> lines) => Zip(("movies_metadata.csv", string.Join('\n', lines) + "\n"));
}
