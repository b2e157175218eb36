using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Reports;

/// <summary>
/// The years of a ledger: up to which month its releases are complete, and which years have enough known revenues to be shown by default.
/// </summary>
/// <remarks>
/// A month is complete if it has at least half as many releases as the twelve complete months before it have on average. The count begins with the year with the most
/// releases (the latest on a tie), whose own twelve months are the first average. Everything after the last complete month is incomplete: the dataset ends there, or has only
/// announced movies. With fewer than <see cref="MinMoviesPerMonth"/> releases a month on average in that year, the variation is random, so no year counts as incomplete.
/// </remarks>
/// <param name="Years">The years from the first to the last with releases, including years without any.</param>
/// <param name="CompleteTo">The last complete month; null if the ledger has too few movies to tell.</param>
public sealed record LedgerYears(IReadOnlyList<LedgerYear> Years, ReleaseMonth? CompleteTo)
{
    /// <summary>The average number of releases a month below which completeness is not judged.</summary>
    public const int MinMoviesPerMonth = 20;

    /// <summary>The number of known revenues that a year needs to be among the years shown by default.</summary>
    public const int MinKnownRevenues = 20;

    /// <summary>The minimum number of such years in a row for a default span.</summary>
    public const int MinDefaultYears = 10;

    private const int MonthsOfYear = 12;

    /// <summary>The query for <see cref="Years"/>.</summary>
    public static QueryRequest YearQuery { get; } = CreateQuery("year", "releases", "revenue_known");

    /// <summary>The query for <see cref="CompleteTo"/>.</summary>
    public static QueryRequest MonthQuery { get; } = CreateQuery("month", "releases");

    /// <summary>The first year that is incomplete; null if all years are complete.</summary>
    public int? FirstIncomplete => CompleteTo?.AddMonths(1).Year is { } first && Years.Count > 0 && first <= Years[^1].Year ? first : null;

    /// <summary>How far the data goes, such as <c>to Jun 2017</c>; null if all years are complete.</summary>
    public string? IncompleteLabel => FirstIncomplete is null ? null : $"to {CompleteTo!.Value.Title}";

    /// <summary>Why the last years are incomplete, as a part of a sentence; null if none is.</summary>
    public string? IncompleteReason => FirstIncomplete is null ? null : $"the dataset has few or no releases after {CompleteTo!.Value.Title}";

    /// <summary>
    /// The years shown by default: the longest run of years up to the last complete one in which each has at least <see cref="MinKnownRevenues"/> known revenues. Null, for
    /// all years, if the run has fewer than <see cref="MinDefaultYears"/> years or is all years.
    /// </summary>
    public YearSpan? DefaultSpan
    {
        get
        {
            var run = Years.Where(year => IsComplete(year.Year)).Reverse().TakeWhile(year => year.RevenueKnown >= MinKnownRevenues).ToList();
            return run.Count < MinDefaultYears || run.Count == Years.Count ? null : new YearSpan(run[^1].Year, run[0].Year);
        }
    }

    public bool IsComplete(long year) => FirstIncomplete is not { } first || year < first;

    /// <summary>
    /// Returns whether a value of the dimensions year, decade, quarter and month, such as <c>2017</c>, <c>2010</c>, <c>2017-Q3</c> or <c>2017-07</c>, is a period that ends after
    /// the last complete month. Returns false for other texts.
    /// </summary>
    /// <param name="period">The value.</param>
    /// <param name="length">The number of years of a period that is given as a year: 10 for decades.</param>
    public bool IsIncomplete(string period, int length = 1) => CompleteTo is { } month
        && period.Length >= 4 && int.TryParse(period.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && period[4..] switch
        {
            "" => month < new ReleaseMonth(year + length - 1, 12),
            ['-', 'Q', >= '1' and <= '4' and var quarter] => month < new ReleaseMonth(year, (quarter - '0') * 3),
            ['-', .. var part] => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var of) && of is >= 1 and <= 12 && month < new ReleaseMonth(year, of),
            _ => false,
        };

    /// <summary>Reads the years of a snapshot.</summary>
    public static async Task<LedgerYears> ReadAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var years = await ReadRowsAsync(YearQuery, row => new LedgerYear((int)ReadNumber(row, 0), ReadNumber(row, 1), ReadNumber(row, 2))).ConfigureAwait(false);
        var months = await TotalRows.FindMonthsAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false) is { } totals
            ? [.. totals.Select(month => (new ReleaseMonth(month.Year, month.Month), month.Releases))]
            : await ReadRowsAsync(MonthQuery, row => (ReleaseMonth.Parse(row.GetString(0)), ReadNumber(row, 1))).ConfigureAwait(false);
        return Create(years, months);

        async Task<IReadOnlyList<T>> ReadRowsAsync<T>(QueryRequest query, Func<DbDataReader, T> read)
        {
            var rows = new List<T>();
            await using var result = await ReportRunner.OpenAsync(connection, query, snapshot, cancellationToken).ConfigureAwait(false);
            while (await result.Rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add(read(result.Rows));
            }

            return rows;
        }

        static long ReadNumber(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);
    }

    /// <param name="years">The years with releases, in any order.</param>
    /// <param name="months">The months with releases, in any order.</param>
    public static LedgerYears Create(IReadOnlyCollection<LedgerYear> years, IReadOnlyCollection<(ReleaseMonth Month, long Releases)> months) =>
        Create(years, FindLastComplete(months));

    /// <summary>Creates the years of a part of the ledger, such as a company's.</summary>
    /// <param name="years">The years with releases, in any order.</param>
    /// <param name="completeTo">The last complete month of the ledger.</param>
    public static LedgerYears Create(IReadOnlyCollection<LedgerYear> years, ReleaseMonth? completeTo)
    {
        if (years.Count == 0)
        {
            return new([], completeTo);
        }

        var known = years.ToDictionary(year => year.Year);
        var (first, last) = (known.Keys.Min(), known.Keys.Max());
        return new([.. Enumerable.Range(first, last - first + 1).Select(year => known.GetValueOrDefault(year) ?? new LedgerYear(year, 0, 0))], completeTo);
    }

    private static ReleaseMonth? FindLastComplete(IReadOnlyCollection<(ReleaseMonth Month, long Releases)> months)
    {
        if (months.Count == 0)
        {
            return null;
        }

        var releases = months.ToDictionary(month => month.Month, month => month.Releases);
        var busiest = months.GroupBy(month => month.Month.Year).Select(year => (Year: year.Key, Releases: year.Sum(month => month.Releases)))
            .MaxBy(year => (year.Releases, year.Year));
        if (busiest.Releases < MinMoviesPerMonth * MonthsOfYear)
        {
            return null;
        }

        var reference = new Queue<long>(Enumerable.Range(1, MonthsOfYear).Select(month => releases.GetValueOrDefault(new ReleaseMonth(busiest.Year, month))));
        var (complete, last) = ((ReleaseMonth?)null, releases.Keys.Max());
        for (var at = new ReleaseMonth(busiest.Year, 1); at <= last; at = at.AddMonths(1))
        {
            var count = releases.GetValueOrDefault(at);
            if (count * 2 * MonthsOfYear >= reference.Sum())
            {
                complete = at;
                reference.Dequeue();
                reference.Enqueue(count);
            }
        }

        return complete;
    }

    private static QueryRequest CreateQuery(string dimension, params string[] measures) =>
        new() { By = [Dimensions.Find(dimension, "--by")], Measures = Measures.ParseAll(measures) };
}

/// <summary>A year of a ledger.</summary>
/// <param name="Releases">The movies released in it.</param>
/// <param name="RevenueKnown">Those with a known revenue.</param>
public sealed record LedgerYear(int Year, long Releases, long RevenueKnown);

/// <summary>A month of releases.</summary>
public readonly record struct ReleaseMonth(int Year, int Month) : IComparable<ReleaseMonth>
{
    /// <summary>The month in words, such as <c>Jun 2017</c>.</summary>
    public string Title => new DateOnly(Year, Month, 1).ToString("MMM yyyy", CultureInfo.InvariantCulture);

    public ReleaseMonth AddMonths(int months) => new DateOnly(Year, Month, 1).AddMonths(months) is var day ? new(day.Year, day.Month) : default;

    /// <summary>Parses a value of the dimension <c>month</c>, such as <c>2017-06</c>.</summary>
    public static ReleaseMonth Parse(string text) =>
        new(int.Parse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), int.Parse(text.AsSpan(5, 2), NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>Returns the value of the dimension <c>month</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");

    public int CompareTo(ReleaseMonth other) => (Year, Month).CompareTo((other.Year, other.Month));

    public static bool operator <(ReleaseMonth left, ReleaseMonth right) => left.CompareTo(right) < 0;

    public static bool operator >(ReleaseMonth left, ReleaseMonth right) => left.CompareTo(right) > 0;

    public static bool operator <=(ReleaseMonth left, ReleaseMonth right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ReleaseMonth left, ReleaseMonth right) => left.CompareTo(right) >= 0;
}
