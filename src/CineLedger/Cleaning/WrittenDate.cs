namespace CineLedger.Cleaning;

/// <summary>A date with the English name of its month: <c>Dec 18, 2009</c>, <c>18-Dec-09</c>, <c>2009-Dec-18</c>, <c>Oct 1995</c>.</summary>
/// <param name="Year">The year as written.</param>
/// <param name="ShortYear">True if the year has two digits.</param>
/// <param name="Day">The day; null if the text has none.</param>
internal readonly record struct WrittenDate(int Year, bool ShortYear, int Month, int? Day)
{
    private const int MaxLength = 48;

    private static readonly char[] Separators = [' ', '\t', ',', '-', '/', '.', '\u00a0'];

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static bool TryParse(ReadOnlySpan<byte> text, out WrittenDate date)
    {
        date = default;
        if (text.Length is < 5 or > MaxLength || text.IndexOfAnyInRange((byte)'0', (byte)'9') < 0)
        {
            return false;
        }

        var words = System.Text.Encoding.UTF8.GetString(text).Split(Separators, StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words.Count == 4 && FindName(Weekdays, words[0]) is not null)
        {
            words.RemoveAt(0);
        }

        var place = words.FindIndex(word => FindName(Months, word) is not null);
        if (words.Count is not (2 or 3) || place < 0)
        {
            return false;
        }

        var month = FindName(Months, words[place])!.Value;
        words.RemoveAt(place);
        var yearPlace = GetYearPlace(words, place);
        if (!TryParseYear(words[yearPlace], out var year))
        {
            return false;
        }

        words.RemoveAt(yearPlace);
        if (words.Count == 0)
        {
            // "Dec-09" may be the ninth of December.
            date = new(year.Number, year.IsShort, month, null);
            return !year.IsShort || year.Number > 31;
        }

        var isDay = TryParseDay(words[0], out var day);
        date = new(year.Number, year.IsShort, month, day);
        return isDay;
    }

    /// <summary>Returns which of the words other than the month is the year: the last one, unless the first one can only be a year.</summary>
    private static int GetYearPlace(List<string> words, int month) =>
        words.Count == 1 || (month > 0 && words[0].Length == 4 && words[0].All(char.IsAsciiDigit)) ? 0 : 1;

    private static bool TryParseYear(string word, out (int Number, bool IsShort) year)
    {
        var digits = word.TrimStart('\'', '\u2019');
        year = (0, digits.Length == 2);
        return digits.Length is 2 or 4 && digits.All(char.IsAsciiDigit) && int.TryParse(digits, out year.Number);
    }

    private static bool TryParseDay(string word, out int day)
    {
        var digits = word.Length > 2 && word[^2..].ToLowerInvariant() is "st" or "nd" or "rd" or "th" ? word[..^2] : word;
        day = 0;
        return digits.Length is 1 or 2 && digits.All(char.IsAsciiDigit) && int.TryParse(digits, out day);
    }

    /// <summary>Returns the number of a name, from 1, by its full form or its first three letters (<c>Sept</c> has four).</summary>
    private static int? FindName(string[] names, string word)
    {
        var name = word.ToLowerInvariant();
        var index = Array.FindIndex(names, full => name == full || ((name.Length == 3 || name == "sept") && full.StartsWith(name, StringComparison.Ordinal)));
        return index < 0 ? null : index + 1;
    }
}
