using System.Diagnostics.Metrics;
using CineLedger.Storage;

namespace CineLedger.Web.Observability;

/// <summary>The disks that a server writes to: that of a DuckDB ledger, and that of temporary files.</summary>
internal sealed class DiskSpaceMetrics(WebOptions options)
{
    private readonly (string Place, string Folder)[] _folders =
    [
        .. StoreEngine.Get(options.Store).GetFile(options.Store) is { } file ? new[] { ("ledger", Path.GetDirectoryName(Path.GetFullPath(file))!) } : [],
        ("temporary", Path.GetTempPath()),
    ];

    public IEnumerable<Measurement<long>> MeasureFree() => Measure(disk => disk.AvailableFreeSpace);

    public IEnumerable<Measurement<long>> MeasureSize() => Measure(disk => disk.TotalSize);

    private IEnumerable<Measurement<long>> Measure(Func<DriveInfo, long> select)
    {
        foreach (var (place, folder) in _folders)
        {
            if (TryRead(folder, select) is { } bytes)
            {
                yield return new Measurement<long>(bytes, new KeyValuePair<string, object?>("place", place));
            }
        }
    }

    private static long? TryRead(string folder, Func<DriveInfo, long> select)
    {
        try
        {
            return select(new DriveInfo(folder));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A disk that is gone; the metric goes with it, and others are still told.
            return null;
        }
    }
}
