using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Sources;
using Cronos;

namespace CineLedger.Loading.Schedules;

/// <summary>A schedule of automatic loads of a source. Times are UTC.</summary>
public sealed class LoadSchedule
{
    /// <summary>The hint in every error message.</summary>
    private const string Example = "write five fields (minute, hour, day of the month, month, day of the week): \"0 6 1 * *\" is 6:00 on the first of every month";

    /// <summary>The number of times examined to find the shortest gap between loads.</summary>
    private const int ProbedOccurrences = 50;

    private readonly CronExpression _cron;

    private LoadSchedule(CronExpression cron, string text, TimeZoneInfo zone, TimeSpan jitter, string source, LoadOptions options)
    {
        (_cron, Cron, Zone, Jitter, Source, Options) = (cron, text, zone, jitter, source, options);
        DisplayName = SourceAddress.Parse(source).DisplayName;
        var studios = options.Studios is { } lines ? $"\n{string.Join('\n', lines)}" : "";
        Key = ComputeFingerprint(string.Create(
            CultureInfo.InvariantCulture,
            $"{text}\n{zone.Id}\n{source}\n{options.IsMerge} {options.Years} {options.MaxRejects ?? RecordGates.DefaultMaxRejects} {options.AllowsShrink} {options.Parts} "
            + $"{options.RequiresParts}{string.Concat(options.AcceptedGates.Order(StringComparer.Ordinal).Select(gate => $" {gate}"))}{studios}"));
    }

    /// <summary>Gets the times in crontab syntax.</summary>
    public string Cron { get; }

    /// <summary>Gets the time zone of <see cref="Cron"/>.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Gets the maximum delay of a load, which spreads requests to suppliers over time.</summary>
    public TimeSpan Jitter { get; }

    public string Source { get; }

    /// <summary>Gets the source without credentials.</summary>
    public string DisplayName { get; }

    public LoadOptions Options { get; }

    /// <summary>Gets the options for opening the source.</summary>
    public SourceOptions SourceOptions { get; private init; } = SourceOptions.Default;

    /// <summary>Gets the key, which is equal on every node with the same times, source and options. A changed schedule has a new key.</summary>
    public string Key { get; }

    /// <param name="cron">Five fields, six fields starting with seconds, or a macro such as <c>@monthly</c>.</param>
    /// <param name="zone">The IANA name of the time zone; null for UTC.</param>
    /// <param name="jitter">The maximum delay of a load.</param>
    /// <param name="source">The source to load; not standard input.</param>
    /// <param name="options">The options of the load.</param>
    /// <param name="now">The time from which the schedule is checked.</param>
    /// <param name="fetching">The options for opening the source; null for the defaults.</param>
    /// <exception cref="UsageException">The schedule is invalid.</exception>
    public static LoadSchedule Parse(string cron, string? zone, TimeSpan jitter, string source, LoadOptions options, DateTime now, SourceOptions? fetching = null)
    {
        var text = string.Join(' ', cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var schedule = new LoadSchedule(ParseCron(text, cron), text, ParseZone(zone), jitter, source, options) { SourceOptions = fetching ?? SourceOptions.Default };
        if (SourceAddress.Parse(source) is { Uri: null, Path: null })
        {
            throw new UsageException("--source: standard input can be read only once, but a schedule reads its source repeatedly: name a file, a folder or a URL.");
        }

        if (schedule.GetNext(now) is null)
        {
            throw new UsageException($"--load-every: '{text}' never occurs; {Example}.");
        }

        var gap = schedule.FindShortestGap(now);
        return jitter < gap
            ? schedule
            : throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"--jitter: {jitter.TotalSeconds:0} seconds must be less than the {gap.TotalSeconds:0} seconds between two loads of '{text}'."));
    }

    /// <summary>Returns the first time later than <paramref name="after"/>; null when there is none.</summary>
    public DateTime? GetNext(DateTime after) => _cron.GetNextOccurrence(after, Zone);

    /// <summary>Returns the last time later than <paramref name="after"/> but not later than <paramref name="upTo"/>; null when there is none.</summary>
    /// <remarks>
    /// Searches backward, then confirms forward. For a time skipped by a change to daylight saving time, Cronos returns the time of the change when
    /// searching forward, and a tick earlier when searching backward. Using both would schedule the same load twice.
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

    /// <summary>Returns the delay of a load: equal on every node of a ledger, different between ledgers.</summary>
    public TimeSpan GetJitter(DateTime due, string ledger) =>
        Jitter * (XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ledger}\n{Key}\n{due.Ticks}"))) / (double)ulong.MaxValue);

    private static CronExpression ParseCron(string text, string original)
    {
        var fields = text.Length == 0 ? 0 : text.Split(' ').Length;
        if (fields is not (5 or 6) && !text.StartsWith('@'))
        {
            throw new UsageException($"--load-every: '{original.Trim()}' is not a schedule: it has {fields} field{(fields == 1 ? "" : "s")}; {Example}.");
        }

        try
        {
            return CronExpression.Parse(text, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        }
        catch (CronFormatException error)
        {
            var reason = error.Message.Replace("The given cron expression has an invalid format.", "", StringComparison.Ordinal).Trim().TrimEnd('.');
            throw new UsageException($"--load-every: '{text}' is not a schedule: {char.ToLowerInvariant(reason[0])}{reason[1..]}; {Example}.", error);
        }
    }

    private static TimeZoneInfo ParseZone(string? zone)
    {
        if (zone is null)
        {
            return TimeZoneInfo.Utc;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? found
            : throw new UsageException($"--time-zone: unknown time zone '{zone}'; use a name such as Europe/Berlin, America/Los_Angeles or UTC.");
    }

    private static string ComputeFingerprint(string text) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text)).ToString("x32", CultureInfo.InvariantCulture);

    private TimeSpan FindShortestGap(DateTime now)
    {
        var shortest = TimeSpan.MaxValue;
        var last = GetNext(now);
        for (var i = 0; i < ProbedOccurrences && last is { } from && GetNext(from) is { } next; i++, last = next)
        {
            shortest = next - from < shortest ? next - from : shortest;
        }

        return shortest;
    }
}
