using System.IO.Compression;
using System.Text;
using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

/// <summary>Base class that gives each test its own folder and creates files in it.</summary>
public abstract class SourceTestBase : IDisposable
{
    protected const string MoviesHeader = "adult,budget,id,title,release_date";
    protected const string Movies = MoviesHeader + "\nFalse,30000000,862,Toy Story,1995-10-30\n";
    protected const string Links = "movieId,imdbId,tmdbId\r\n1,0114709,862\r\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    protected string Folder => _folder.FullName;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    protected string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    protected static byte[] Zip(params (string Name, string Text)[] entries) => Zip(CompressionLevel.Optimal, entries);

    protected static byte[] Zip(CompressionLevel level, params (string Name, string Text)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return bytes.ToArray();
    }

    /// <summary>Finds the first central directory header. Offsets in it: flags at 8, method at 10, CRC-32 at 16, sizes at 20 and 24.</summary>
    protected static int FindCentralDirectory(byte[] zip) => zip.AsSpan().IndexOf("PK\x01\x02"u8);

    protected static async Task<string> ReadAsync(Dataset dataset, string name)
    {
        using var reader = new StreamReader(dataset.Open(dataset.GetRequired(name)));
        return await reader.ReadToEndAsync(Cancel);
    }

    /// <summary>Opens a source and reads its movies as a load does; returns the expected one-line error.</summary>
    protected static async Task<string> ErrorAsync(string address, SourceOptions? options = null)
    {
        var error = await Assert.ThrowsAnyAsync<LedgerException>(async () =>
        {
            await using var dataset = await SourceOpener.OpenAsync(address, options, Cancel);
            await using var movies = dataset.Open(dataset.GetRequired(DatasetFiles.Movies));
            await movies.CopyToAsync(Stream.Null, Cancel);
        });
        Assert.DoesNotContain('\n', error.Message);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(address == "-" ? "standard input" : address, error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
