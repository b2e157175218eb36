using CineLedger.Files;
using CineLedger.Web.Errors;
using CineLedger.Web.Observability;

namespace CineLedger.Web.Http;

/// <summary>
/// The temporary files of responses that clients receive more slowly than they are read from the ledger. Their total size is limited, and one caller's is
/// limited to half of that.
/// </summary>
internal sealed class Spool
{
    /// <summary>The size of the responses that are sent from memory at the same time. Most are in the cache anyway, but those of slow clients may not be.</summary>
    private const long MaxHeldBytes = 64 << 20;

    private readonly long _max;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _used = new(StringComparer.Ordinal);
    private long _total;
    private long _held;

    public Spool(WebOptions options, WebMetrics metrics)
    {
        _max = options.MaxSpoolBytes ?? (IsInMemory(Path.GetTempPath()) ? 128L << 20 : 1L << 30);
        metrics.ObserveSpool(() => Volatile.Read(ref _total));
    }

    /// <summary>The size of all files.</summary>
    public long Bytes => Volatile.Read(ref _total);

    /// <summary>Opens a file that only this user can read. On Unix it has no name, so it disappears with the process.</summary>
    /// <exception cref="ProblemException">The file cannot be created.</exception>
    public static FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0 };
        var path = TemporaryPaths.Create(".response");
        try
        {
            if (OperatingSystem.IsWindows())
            {
                options.Options = FileOptions.DeleteOnClose;
                return new FileStream(path, options);
            }

            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var file = new FileStream(path, options);
            File.Delete(path);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Problems.SpoolFull();
        }
    }

    /// <summary>Counts a response that is sent from memory until the result is disposed. Returns null when too much is in memory already.</summary>
    public IDisposable? TryHold(int bytes)
    {
        lock (_lock)
        {
            return _held + bytes > MaxHeldBytes ? null : new Held(this, bytes);
        }
    }

    private static bool IsInMemory(string folder)
    {
        try
        {
            return new DriveInfo(folder).DriveFormat is "tmpfs" or "ramfs";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Reserves space for a caller.</summary>
    /// <exception cref="ProblemException">The caller or all callers together have reached the limit.</exception>
    public void Reserve(string caller, long bytes)
    {
        lock (_lock)
        {
            var used = _used.GetValueOrDefault(caller) + bytes;
            if (used > _max / 2 || _total + bytes > _max)
            {
                throw Problems.SpoolFull();
            }

            _used[caller] = used;
            _total += bytes;
        }
    }

    public void Release(string caller, long bytes)
    {
        lock (_lock)
        {
            _total -= bytes;
            if (_used.GetValueOrDefault(caller) - bytes is > 0 and var rest)
            {
                _used[caller] = rest;
            }
            else
            {
                _used.Remove(caller);
            }
        }
    }

    private sealed class Held : IDisposable
    {
        private readonly Spool _spool;
        private readonly int _bytes;

        public Held(Spool spool, int bytes)
        {
            (_spool, _bytes) = (spool, bytes);
            spool._held += bytes;
        }

        public void Dispose()
        {
            lock (_spool._lock)
            {
                _spool._held -= _bytes;
            }
        }
    }
}
