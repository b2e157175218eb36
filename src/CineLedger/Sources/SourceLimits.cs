using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>The limits that hold for every source, whatever its kind: <see cref="SourceOptions.MaxBytes"/> and <see cref="SourceOptions.FetchTimeout"/>.</summary>
internal static class SourceLimits
{
    /// <summary>Up to this length any expansion is allowed: a sheet with many empty rows compresses a thousandfold and is still small.</summary>
    private const long UncheckedOutputBytes = 256L * 1024 * 1024;

    /// <summary>The highest allowed expansion. Real CSV compresses 3- to 20-fold; deflate reaches up to 1032-fold, which zip bombs exploit.</summary>
    private const long MaxExpansionRatio = 200;

    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB"];

    /// <summary>Fetches a source within the time limit.</summary>
    /// <param name="displayName">The address, for messages.</param>
    /// <param name="options">The time limit.</param>
    /// <param name="fetch">Fetches the source. Its token is canceled at the time limit.</param>
    /// <exception cref="LedgerException">The time limit has passed.</exception>
    public static async Task<Dataset?> FetchAsync(
        string displayName, SourceOptions options, Func<CancellationToken, Task<Dataset?>> fetch, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.FetchTimeout);
        try
        {
            return await fetch(deadline.Token);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LedgerException(
                $"{displayName}: not complete after {FormatTime(options.FetchTimeout)}, the limit for fetching a source. " +
                "Raise it with --source-timeout, or get the file by other means and give its path.", e);
        }
    }

    /// <summary>Checks the sizes that an opened dataset states. Reading enforces that they are true.</summary>
    /// <exception cref="LedgerException">The files, as fetched or as unpacked, are too large together.</exception>
    public static void Check(string displayName, Dataset dataset, SourceOptions options)
    {
        CheckLength(displayName, dataset.Originals.Sum(original => (decimal)original.Bytes), options);
        CheckLength(displayName, dataset.Files.DistinctBy(file => file.Path).Sum(file => (decimal)(file.Length ?? 0)), options, "unpacked, ");
    }

    /// <exception cref="LedgerException">The source is too large.</exception>
    public static void CheckLength(string displayName, decimal bytes, SourceOptions options, string form = "")
    {
        if (bytes > options.MaxBytes)
        {
            throw CreateTooLargeException(displayName, options.MaxBytes, form);
        }
    }

    public static SourceTooLargeException CreateTooLargeException(string displayName, long maxBytes, string form) =>
        new($"{displayName}: {form}larger than {FormatSize(maxBytes)}, the limit for a source. Check the source, or raise the limit with --max-source-bytes.");

    /// <summary>Checks how much larger the content is than the compressed bytes that it was read from.</summary>
    /// <param name="displayName">The file, for messages.</param>
    /// <param name="bytes">The content read so far.</param>
    /// <param name="packedBytes">Its compressed length.</param>
    /// <exception cref="LedgerException">The file expands like one that was made to fill a disk.</exception>
    public static void CheckExpansion(string displayName, long bytes, long packedBytes)
    {
        if (bytes > UncheckedOutputBytes && bytes / MaxExpansionRatio > packedBytes)
        {
            throw new LedgerException(
                $"{displayName}: expands more than {MaxExpansionRatio}-fold to over {UncheckedOutputBytes >> 20} MB, like a zip bomb; refused. "
                + "If the file is genuine, unpack it and give the CSV file.");
        }
    }

    private static string FormatSize(long bytes)
    {
        var unit = 0;
        for (; unit < Units.Length - 1 && bytes > 0 && bytes % 1024 == 0; unit++)
        {
            bytes /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes} {Units[unit]}");
    }

    private static string FormatTime(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(time.TotalHours >= 1 ? time.TotalHours : time.TotalMinutes >= 1 ? time.TotalMinutes : time.TotalSeconds):0.##} {(time.TotalHours >= 1 ? "h" : time.TotalMinutes >= 1 ? "min" : "s")}");
}
