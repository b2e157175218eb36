using System.Globalization;
using CineLedger.Export.Snapshots;
using CineLedger.Loading;
using CineLedger.Sources;
using CineLedger.Web.Loads;

namespace CineLedger.Cli;

/// <summary>
/// A one-line progress display for loads and exports, redrawn four times a second and erased at the end.
/// It writes plain text, because a terminal library would delay the start.
/// </summary>
internal sealed class LoadProgressBar : IProgress<LoadProgress>, IProgress<SourceProgress>, IProgress<LoadProgressView>, IProgress<ExportProgress>, IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly bool _isVisible = Terminal.ShowsProgress;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly RemainingTime _remaining = new();
    private TimeSpan _last;
    private bool _drawn;

    public static LoadProgressBar Create() => new();

    public void Report(SourceProgress value) => Draw("Fetching", value.Bytes, value.Total, FormattableString.Invariant($"{value.Bytes / 1e6:N1} MB"));

    public void Report(LoadProgress value) =>
        Draw($"Loading {value.File}", value.BytesRead, value.BytesTotal, FormattableString.Invariant($"{value.Records:N0} records"));

    /// <summary>Shows the progress of a load that a server runs.</summary>
    public void Report(LoadProgressView value)
    {
        if (value.File is { } file)
        {
            Report(new LoadProgress(value.Records, value.Bytes, value.TotalBytes, file));
        }
        else
        {
            Report(new SourceProgress(value.Bytes, value.TotalBytes));
        }
    }

    public void Report(ExportProgress value) => Draw($"Exporting {value.Table}", value.Done, value.Total, $"{value.Done} of {value.Total} tables");

    public void Dispose()
    {
        if (_drawn)
        {
            StandardError.Writer.Write("\r\u001b[K");
        }
    }

    private void Draw(string activity, long done, long? total, string amount)
    {
        var elapsed = TimeProvider.System.GetElapsedTime(_started);
        if (!_isVisible || elapsed - _last < Interval)
        {
            return;
        }

        (_last, _drawn) = (elapsed, true);
        var (bar, left) = ("", "");
        if (total is > 0)
        {
            var share = Math.Min(1, (double)done / total.Value);
            var filled = (int)(share * Width);
            bar = string.Create(CultureInfo.InvariantCulture, $" {new string('━', filled)}{new string('─', Width - filled)} {share,4:P0}");
            left = _remaining.Update(activity, share, elapsed) is { } time ? $"  {RemainingTime.Format(time)}" : "";
        }

        StandardError.Writer.Write($"\r\u001b[K{activity}{bar}  {amount}  {elapsed.TotalSeconds.ToString("N0", CultureInfo.InvariantCulture)} s{left}");
    }
}
