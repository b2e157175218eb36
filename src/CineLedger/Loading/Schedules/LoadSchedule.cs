using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CineLedger.Model;
using CineLedger.Sources;
using Cronos;

namespace CineLedger.Loading.Schedules;

/// <summary>When a source is to be loaded, by itself, and how. Times are UTC.</summary>
public sealed class LoadSchedule
{
    /// <summary>What is said with every error: the first of the month at six.</summary>
    private const string Example = "write five fields, minute, hour, day of the month, month and day of the week: \"0 6 1 * *\" is 6:00 on the first of every month";

    /// <summary>Times that are looked at to know how close to each other they come.</summary>
    private const int ProbedRuns = 50;

    private readonly CronExpression _cron;

    private LoadSchedule(CronExpression cron, string text, TimeZoneInfo zone, TimeSpan jitter, string source, LoadOptions options)
    {
        (_cron, Cron, Zone, Jitter, Source, Options) = (cron, text, zone, jitter, source, options);
        DisplayName = SourceAddress.Parse(source).DisplayName;
        Key = ComputeFingerprint(string.Create(
            CultureInfo.InvariantCulture,
            $"{text}\n{zone.Id}\n{source}\n{options.IsMerge} {options.Years} {options.MaxRejects} {options.AllowsShrink} {options.Parts} {options.RequiresParts}"));
    }

    /// <summary>The times, as crontab has them.</summary>
    public string Cron { get; }

    /// <summary>The zone that they are in.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>A load begins up to so much after its time, so that not everybody asks a supplier at once.</summary>
    public TimeSpan Jitter { get; }

    public string Source { get; }

    /// <summary>The source without credentials.</summary>
    public string DisplayName { get; }

    public LoadOptions Options { get; }

    /// <summary>How patient a download is.</summary>
    public SourceOptions Fetching { get; private init; } = SourceOptions.Default;

    /// <summary>The same on every node that has the same times, source and options. A schedule that is changed is another one.</summary>
    public string Key { get; }

    /// <param name="cron">Five fields, or six with seconds before them, or a word such as <c>@monthly</c>.</param>
    /// <param name="zone">An IANA name; null for UTC.</param>
    /// <param name="jitter">At most so long after its time.</param>
    /// <param name="source">What is loaded; not standard input.</param>
    /// <param name="options">How.</param>
    /// <param name="now">The times from then on are looked at.</param>
    /// <param name="fetching">How patient a download is.</param>
    /// <exception cref="UsageException">It is no schedule.</exception>
    public static LoadSchedule Parse(string cron, string? zone, TimeSpan jitter, string source, LoadOptions options, DateTime now, SourceOptions? fetching = null)
    {
        var text = string.Join(' ', cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var schedule = new LoadSchedule(ReadCron(text, cron), text, ReadZone(zone), jitter, source, options) { Fetching = fetching ?? SourceOptions.Default };
        if (SourceAddress.Parse(source) is { Uri: null, Path: null })
        {
            throw new UsageException("--source: standard input can be read once alone, and a schedule reads again and again: name a file, a folder or an address.");
        }

        if (schedule.GetNext(now) is null)
        {
            throw new UsageException($"--load-every: '{text}' names a time that never comes; {Example}.");
        }

        var gap = schedule.FindShortestGap(now);
        return jitter < gap
            ? schedule
            : throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"--jitter: {jitter.TotalSeconds:0} seconds are not less than the {gap.TotalSeconds:0} between two loads of '{text}'."));
    }

    /// <summary>The first time after <paramref name="after"/>; null where there is none any more.</summary>
    public DateTime? GetNext(DateTime after) => _cron.GetNextOccurrence(after, Zone);

    /// <summary>The last time after <paramref name="after"/> that is not later than <paramref name="upTo"/>; null where there is none.</summary>
    /// <remarks>
    /// Looked for backward and taken forward: of a time that clocks put forward pass over, Cronos says forward that it comes when they have, and backward
    /// that it came a tick before. A load that is due once must not have two times.
    /// </remarks>
    public DateTime? GetLatest(DateTime after, DateTime upTo)
    {
        for (var back = upTo; back > after && _cron.GetPreviousOccurrence(back, Zone, inclusive: true) is { } found; back = found - TimeSpan.FromTicks(1))
        {
            if (GetNext(found - TimeSpan.FromTicks(1)) is { } time && time <= upTo)
            {
                return time > after ? time : null;
            }
        }

        return null;
    }

    /// <summary>How long after its time a load begins: the same on every node of a ledger, another for every ledger.</summary>
    public TimeSpan GetJitter(DateTime due, string ledger) =>
        Jitter * (XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ledger}\n{Key}\n{due.Ticks}"))) / (double)ulong.MaxValue);

    private static CronExpression ReadCron(string text, string given)
    {
        var fields = text.Length == 0 ? 0 : text.Split(' ').Length;
        if (fields is not (5 or 6) && !text.StartsWith('@'))
        {
            throw new UsageException($"--load-every: '{given.Trim()}' is no schedule: it has {fields} field{(fields == 1 ? "" : "s")}; {Example}.");
        }

        try
        {
            return CronExpression.Parse(text, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        }
        catch (CronFormatException error)
        {
            var reason = error.Message.Replace("The given cron expression has an invalid format.", "", StringComparison.Ordinal).Trim().TrimEnd('.');
            throw new UsageException($"--load-every: '{text}' is no schedule: {char.ToLowerInvariant(reason[0])}{reason[1..]}; {Example}.", error);
        }
    }

    private static TimeZoneInfo ReadZone(string? zone)
    {
        if (zone is null)
        {
            return TimeZoneInfo.Utc;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? found
            : throw new UsageException($"--time-zone: this machine knows no zone '{zone}'; write a name such as Europe/Berlin, America/Los_Angeles or UTC.");
    }

    private static string ComputeFingerprint(string text) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text)).ToString("x32", CultureInfo.InvariantCulture);

    private TimeSpan FindShortestGap(DateTime now)
    {
        var shortest = TimeSpan.MaxValue;
        var last = GetNext(now);
        for (var i = 0; i < ProbedRuns && last is { } from && GetNext(from) is { } next; i++, last = next)
        {
            shortest = next - from < shortest ? next - from : shortest;
        }

        return shortest;
    }
}
