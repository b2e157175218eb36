using System.Globalization;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Profile;

namespace CineLedger.Charts.Profile;

/// <summary>Formats values and texts of a profile for the terminal and the page.</summary>
internal static class ProfileText
{
    /// <summary>Maximum length of a name or value; longer ones are cut.</summary>
    private const int MaxLength = 160;

    /// <summary>Maximum length of a value in a list.</summary>
    private const int MaxLengthInList = 70;

    /// <summary>Formats a value of a column: grouped digits, texts on one line, a dash for unknown.</summary>
    public static string FormatValue(ColumnKind kind, string? value, int maxLength = MaxLengthInList) => value is null ? DisplayFormatter.Unknown : kind switch
    {
        ColumnKind.Integer or ColumnKind.Exact => GroupDigits(value),
        ColumnKind.Date or ColumnKind.Boolean => value,
        _ => FormatText(value, maxLength),
    };

    /// <summary>Formats a text from the data as one line without control characters.</summary>
    public static string FormatText(string? value, int maxLength = MaxLength)
    {
        if (value is null)
        {
            return DisplayFormatter.Unknown;
        }

        if (string.IsNullOrWhiteSpace(value))
        {
            return "(blank)";
        }

        // Cleaned before it is cut, because a long text may consist mostly of characters that are removed.
        var clean = ChartLabels.Clean(value.Length > 4 * maxLength ? value[..(4 * maxLength)] : value);
        return clean.Length <= maxLength ? clean : string.Concat(clean.AsSpan(0, char.IsHighSurrogate(clean[maxLength - 1]) ? maxLength - 1 : maxLength), "…");
    }

    public static string FormatInteger(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? DisplayFormatter.Unknown;

    public static string FormatYear(int? year) => year?.ToString(CultureInfo.InvariantCulture) ?? DisplayFormatter.Unknown;

    /// <summary>Formats a percentage with one decimal. Never rounds up to 100 or down to 0.</summary>
    public static string FormatPercent(long part, long whole)
    {
        if (whole == 0)
        {
            return DisplayFormatter.Unknown;
        }

        var tenths = decimal.Round(part * 1000m / whole, MidpointRounding.AwayFromZero);
        return part < whole && tenths == 1000 ? "> 99.9 %"
            : part > 0 && tenths == 0 ? "< 0.1 %"
            : string.Create(CultureInfo.InvariantCulture, $"{tenths / 10:0.0} %");
    }

    /// <summary>Formats the smallest amount with this many digits: <c>1,000 +</c>, <c>10 M +</c>.</summary>
    public static string FormatShortSize(int digits) => $"{ShortNumber.Format(Math.Pow(10, digits - 1))} +";

    /// <summary>Returns how many movies have a known value of each column and link. Zeros is null when they are not counted.</summary>
    public static IEnumerable<(string Name, long Known, long Unknown, long? Zeros, long Distinct)> GetKnown(LedgerProfile profile) => profile.Columns
        .Select(column => (GetDisplayName(column.Name), column.Known, column.Unknown, column.Zeros, column.Distinct))
        .Concat(profile.Links.Select(link => (GetDisplayName(link.Name), link.Known, link.Unknown, (long?)null, link.Distinct)));

    /// <summary>Returns the quantiles of numbers, dates and the number of entries per movie.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Values)> GetQuantiles(LedgerProfile profile) => profile.Columns
        .Where(column => column.Quantiles is not null).Select(column => (GetDisplayName(column.Name), FormatQuantiles(column.Kind, column.Quantiles!)))
        .Concat(profile.Links.Where(link => link.PerMovie is not null)
            .Select(link => ($"{GetDisplayName(link.Name)} per movie", FormatQuantiles(ColumnKind.Integer, link.PerMovie!))));

    /// <summary>Returns the quantiles of the lengths of texts.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Values)> GetLengths(LedgerProfile profile) => profile.Columns
        .Where(column => column.Lengths is not null).Select(column => (GetDisplayName(column.Name), FormatQuantiles(ColumnKind.Integer, column.Lengths!)));

    /// <summary>Returns the rows of the most frequent values with their counts. Genres are cut to the same number as other columns.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<(string Value, string Movies)> Values)> GetMostFrequent(LedgerProfile profile) => profile.Columns
        .Select(column => (column.Name, column.Kind, column.MostFrequent))
        .Concat(profile.Links.Select(link => (Name: link.Name == "ratings" ? "ratings, by year" : link.Name, Kind: ColumnKind.Identifier, link.MostFrequent)))
        .Where(row => row.MostFrequent.Count > 0)
        .Select(row => (GetDisplayName(row.Name), row.MostFrequent[0].Movies == 1 && row.MostFrequent.Count > 1
            ? (IReadOnlyList<(string, string)>)[("each value", "1")]
            : [.. row.MostFrequent.Take(ValueStatistics.MaxFrequent).Select(value => (FormatValue(row.Kind, value.Value), FormatInteger(value.Movies)))]));

    public static string GetDisplayName(string name) => name.Replace('_', ' ');

    /// <summary>Returns the labels and values of the summary.</summary>
    public static IEnumerable<(string Name, string Value)> GetSummary(LedgerProfile profile)
    {
        var snapshot = profile.Snapshot;
        yield return ("Source", FormatText(snapshot.Source));
        if (snapshot.SourceVersion is { } version)
        {
            yield return ("Version", FormatText(version));
        }

        yield return ("Snapshot", profile.IsFromSource
            ? "none: read for this profile only, not stored in a ledger"
            : string.Create(CultureInfo.InvariantCulture, $"{snapshot.Id}, published {snapshot.PublishedAt:yyyy-MM-dd HH:mm} UTC"));
        yield return ("Records", $"{FormatInteger(snapshot.Records)} read");
        var years = profile.Dated.ToList();
        var span = years.Count == 0 ? ""
            : years.Count == 1 ? $", all others from {FormatYear(years[0].Year)}"
            : $", the others from {FormatYear(years[0].Year)} to {FormatYear(years[^1].Year)}";
        yield return ("Movies", $"{FormatInteger(profile.Total.Movies)}; {FormatInteger(profile.Undated)} undated{span}");
        if (snapshot.Synthetic)
        {
            yield return ("Data", "SYNTHETIC sample: the numbers are invented");
        }
    }

    /// <summary>Returns the name of the source in titles: the last part of its path.</summary>
    public static string GetTitle(Snapshot snapshot) =>
        FormatText(Path.GetFileName(snapshot.Source.TrimEnd('/')) is { Length: > 0 } name ? name : snapshot.Source);

    public static string GetUnknownNote(LedgerProfile profile) => profile.IsFromSource
        ? "Unknown: the source has no value or an invalid one. Zero: unknown budgets, revenues and runtimes that are 0 in the source."
        : "Unknown: the source had no value, an invalid one, or 0 for a budget, revenue or runtime; the ledger does not distinguish these.";

    public const string QuantileNote = "Percentiles: 25 % is the smallest known value that is at least as large as 25 % of the known values.";

    private static IReadOnlyList<string> FormatQuantiles(ColumnKind kind, Quantiles spread) =>
        [.. new[] { spread.Min, spread.P5, spread.P25, spread.Median, spread.P75, spread.P95, spread.Max }.Select(value => FormatValue(kind, value))];

    private static string GroupDigits(string digits)
    {
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        return long.Parse(whole, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture) + (point < 0 ? "" : digits[point..]);
    }
}
