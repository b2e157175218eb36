using System.Diagnostics.Metrics;
using CineLedger.Storage;

namespace CineLedger.Web.Observability;

/// <summary>Measures the disks that a server writes to: those of a DuckDB ledger and of temporary files.</summary>
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
            // The disk is gone: omit its measurement and keep the others.
            return null;
        }
    }
}
