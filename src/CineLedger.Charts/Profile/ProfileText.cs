using System.Globalization;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Profile;

namespace CineLedger.Charts.Profile;

/// <summary>A profile's values and words as people read them, in the terminal and in the page.</summary>
internal static class ProfileText
{
    /// <summary>Names and values of the data are cut here: nobody reads on.</summary>
    private const int MaxLength = 160;

    /// <summary>The same where several stand in a row.</summary>
    private const int MaxLengthInList = 70;

    /// <summary>A value of a column: digits grouped, texts on one line, unknown as a dash.</summary>
    public static string FormatValue(ColumnKind kind, string? value) => value is null ? DisplayFormatter.Unknown : kind switch
    {
        ColumnKind.Integer or ColumnKind.Exact => GroupDigits(value),
        ColumnKind.Date or ColumnKind.Boolean => value,
        _ => FormatText(value, MaxLengthInList),
    };

    /// <summary>A text of the data: no line breaks, no orders to a terminal, no end of a page.</summary>
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

        // Cleaned before it is cut: what is long may be nothing but marks.
        var clean = ChartLabels.Clean(value.Length > 4 * maxLength ? value[..(4 * maxLength)] : value);
        return clean.Length <= maxLength ? clean : string.Concat(clean.AsSpan(0, char.IsHighSurrogate(clean[maxLength - 1]) ? maxLength - 1 : maxLength), "…");
    }

    public static string FormatInteger(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? DisplayFormatter.Unknown;

    public static string FormatYear(int? year) => year?.ToString(CultureInfo.InvariantCulture) ?? DisplayFormatter.Unknown;

    /// <summary>Per cent with one place. What is not all is never 100, what is not nothing never 0.</summary>
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

    /// <summary>What amounts of so many digits are: <c>$1,000 to 9,999</c>.</summary>
    public static string FormatSize(int digits)
    {
        var low = (long)Math.Pow(10, digits - 1);
        return string.Create(CultureInfo.InvariantCulture, $"{low:N0} to {(low * 10) - 1:N0}");
    }

    /// <summary>The same in few letters: <c>1,000 +</c>, <c>10 M +</c>.</summary>
    public static string FormatShortSize(int digits) => $"{ChartScale.Format(Math.Pow(10, digits - 1))} +";

    /// <summary>How to call what a movie has several of, one movie's worth.</summary>
    public static string GetPerMovieTitle(LinkProfile link) => $"{GetDisplayName(link.Name)} a movie";

    /// <summary>The rows of most frequent values: what they are of, what they are, and the counts. Genres have more of them than a row can take.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<(string Value, string Movies)> Values)> GetMostFrequent(LedgerProfile profile) => profile.Columns
        .Select(column => (column.Name, column.Kind, column.MostFrequent))
        .Concat(profile.Links.Select(link => (Name: link.Name == "ratings" ? "ratings, by year" : link.Name, Kind: ColumnKind.Identifier, link.MostFrequent)))
        .Where(row => row.MostFrequent.Count > 0)
        .Select(row => (GetDisplayName(row.Name), row.MostFrequent[0].Movies == 1 && row.MostFrequent.Count > 1
            ? (IReadOnlyList<(string, string)>)[("every value", "1")]
            : [.. row.MostFrequent.Take(ProfileSql.MostFrequent).Select(value => (FormatValue(row.Kind, value.Value), FormatInteger(value.Movies)))]));

    public static string GetDisplayName(string name) => name.Replace('_', ' ');

    /// <summary>What a page or a terminal says first, name and value.</summary>
    public static IEnumerable<(string Name, string Value)> GetSummary(LedgerProfile profile)
    {
        var snapshot = profile.Snapshot;
        yield return ("Source", FormatText(snapshot.Source));
        if (snapshot.SourceVersion is { } version)
        {
            yield return ("Version", FormatText(version));
        }

        yield return ("Snapshot", profile.IsOfSource
            ? "none: read for this profile, kept in no ledger"
            : string.Create(CultureInfo.InvariantCulture, $"{snapshot.Id}, published {snapshot.PublishedAt:yyyy-MM-dd HH:mm} UTC"));
        yield return ("Records", $"{FormatInteger(snapshot.Records)} read");
        var years = profile.Dated.ToList();
        var span = years.Count == 0 ? "" : years.Count == 1 ? $", all others of {FormatYear(years[0].Year)}" : $", the others from {FormatYear(years[0].Year)} to {FormatYear(years[^1].Year)}";
        yield return ("Movies", $"{FormatInteger(profile.Total.Movies)}; {FormatInteger(profile.Undated)} undated{span}");
        if (snapshot.Synthetic)
        {
            yield return ("Data", "SYNTHETIC sample: the numbers mean nothing");
        }
    }

    /// <summary>What the source is called in a title: the last part of its place.</summary>
    public static string GetTitle(Snapshot snapshot) =>
        FormatText(Path.GetFileName(snapshot.Source.TrimEnd('/')) is { Length: > 0 } name ? name : snapshot.Source);

    public static string GetUnknownNote(LedgerProfile profile) => profile.IsOfSource
        ? "Unknown: the source gives nothing, or nothing that belongs there. Zero: of the unknown ones, those whose budget, revenue or runtime is 0 in the source."
        : "Unknown: the source gave nothing, nothing that belongs there, or 0 for a budget, a revenue or a runtime; the ledger does not tell these apart.";

    public const string QuantileNote = "So many per cent of the known values are not above the value shown, which is one of them.";

    private static string GroupDigits(string digits)
    {
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        return long.Parse(whole, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture) + (point < 0 ? "" : digits[point..]);
    }
}
