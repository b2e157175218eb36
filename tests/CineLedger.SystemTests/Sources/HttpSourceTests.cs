using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using CineLedger.Model;
using CineLedger.Sources;
using Microsoft.Extensions.Logging;

namespace CineLedger.SystemTests.Sources;

/// <summary>The base of download tests: a folder for temporary files, short waits, and a log.</summary>
public abstract class HttpSourceTests : IDisposable
{
    protected const string Tag = "\"v1\"";
    protected const string Movies = "adult,budget,id,title\nFalse,30000000,862,Toy Story\n";

    /// <summary>A zip of several hundred kilobytes: larger than a block and than a socket's buffer.</summary>
    protected static readonly byte[] Zip = CreateZip(seed: 1);

    /// <summary>Another version of the same zip.</summary>
    protected static readonly byte[] OtherZip = CreateZip(seed: 2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private readonly ListLogger _logger = new();
    private readonly CancellationTokenSource _timeout =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    protected HttpSourceTests() => _timeout.CancelAfter(TimeSpan.FromMinutes(1));

    /// <summary>Cancels a test that hangs, long after the slowest test should have ended.</summary>
    protected CancellationToken Cancel => _timeout.Token;

    protected IEnumerable<string> Logged => _logger.Lines;

    protected string[] TemporaryFiles => Directory.GetFiles(_folder.FullName);

    protected SourceOptions Options => new()
    {
        TemporaryFolder = _folder.FullName,
        Logger = _logger,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        StallTimeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>Options for servers that never respond, for which a short wait is enough.</summary>
    protected SourceOptions Impatient => Options with
    {
        StallTimeout = TimeSpan.FromMilliseconds(200),
        Attempts = 2,
    };

    private static byte[] CreateZip(int seed)
    {
        var noise = new byte[400_000];
        new Random(seed).NextBytes(noise);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var movies = zip.CreateEntry("movies_metadata.csv").Open())
            {
                movies.Write(Encoding.UTF8.GetBytes(Movies));
            }

            using (var other = zip.CreateEntry("noise.bin").Open())
            {
                other.Write(noise);
            }
        }
        return bytes.ToArray();
    }

    protected async Task<string> ReadMoviesAsync(Dataset dataset)
    {
        using var reader = new StreamReader(dataset.Open(dataset.GetRequired(DatasetFiles.Movies)));
        return await reader.ReadToEndAsync(Cancel);
    }

    /// <summary>Asserts that a download is complete and leaves no file behind. Returns the version.</summary>
    protected async Task<string?> DownloadAsync(ScriptedServer server, byte[] expected, SourceOptions? options = null)
    {
        string? version;
        await using (var dataset = await SourceOpener.OpenAsync(server.Address, options ?? Options, Cancel))
        {
            Assert.Equal(Movies, await ReadMoviesAsync(dataset));
            Assert.Equal(expected, await File.ReadAllBytesAsync(Assert.Single(TemporaryFiles), Cancel));
            version = dataset.Version;
        }
        Assert.Empty(TemporaryFiles);
        return version;
    }

    /// <summary>Asserts that a download fails with a one-line error that names the address, and leaves no file behind. Returns the error.</summary>
    protected async Task<string> ErrorAsync(string address, SourceOptions? options = null)
    {
        var error = await Assert.ThrowsAnyAsync<LedgerException>(() => SourceOpener.OpenAsync(address, options ?? Options, Cancel));
        Assert.Equal(1, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("http://127.0.0.1:", error.Message, StringComparison.Ordinal);
        Assert.Empty(TemporaryFiles);
        return error.Message;
    }

    public void Dispose()
    {
        _timeout.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private sealed class ListLogger : ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception) + exception);
    }
}
