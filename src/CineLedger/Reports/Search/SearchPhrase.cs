using System.Globalization;
using System.Text.RegularExpressions;

namespace CineLedger.Reports.Search;

/// <summary>A search for several names to compare, or for names in some years: <c>disney v. warner 2000-2016</c>, <c>pixar since 2000</c>.</summary>
/// <param name="Names">The names as entered.</param>
/// <param name="From">The first year; null if the text names none.</param>
/// <param name="To">The last year; null if the text names none.</param>
public sealed partial record SearchPhrase(IReadOnlyList<string> Names, int? From, int? To)
{
    public bool HasYears => From is not null || To is not null;

    /// <summary>Returns the names and years of a text; null if it has neither several names nor a name with years.</summary>
    public static SearchPhrase? Parse(string text)
    {
        var years = Years().Match(text);
        var rest = years.Success ? text[..years.Index] : text;
        var names = SplitNames(rest.Trim());
        if (names.Exists(name => name.Length == 0) || (names.Count == 1 && !years.Success))
        {
            return null;
        }

        var (from, to) = (ReadYear(years.Groups["from"]), ReadYear(years.Groups["to"]));
        (from, to) = years.Groups["year"].Success ? (ReadYear(years.Groups["year"]), ReadYear(years.Groups["year"])) : from > to ? (to, from) : (from, to);
        return new(names, from, to);
    }

    private static List<string> SplitNames(string text)
    {
        var compared = Compare().Match(text);
        var names = text[compared.Length..];
        var separator = compared.Success && !Versus().IsMatch(names) ? And() : Versus();
        return [.. separator.Split(names).Select(name => name.Trim())];
    }

    private static int? ReadYear(Group year) => year.Success ? int.Parse(year.Value, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    /// <summary>Years at the end of the text, after a name.</summary>
    [GeneratedRegex(
        """
        (?<=\S) [\s,(]+
        (?: (?:(?:from|between|in)\s+)? (?<from>(?:1[89]|20)[0-9]{2}) (?:\s*[-–—]\s*|\s+(?:to|until|and)\s+|\s+) (?<to>(?:1[89]|20)[0-9]{2})
          | (?:since|from)\s+ (?<from>(?:1[89]|20)[0-9]{2})
          | (?:until|to|up\ to)\s+ (?<to>(?:1[89]|20)[0-9]{2})
          | (?:in\s+)? (?<year>(?:1[89]|20)[0-9]{2}) )
        \)?\s*$
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Years();

    [GeneratedRegex(@"^compare\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Compare();

    [GeneratedRegex(@"(?<=\S)\s+(?:vs?\.?|versus)\s+(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Versus();

    [GeneratedRegex(@"\s+(?:and|with|to)\s+|\s*,\s*(?:and\s+)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex And();
}
