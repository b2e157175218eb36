using System.Globalization;

namespace CineLedger.Cleaning;

/// <summary>The digits and separators of a number: groups of thousands between equal separators, and a fraction after a decimal mark.</summary>
/// <param name="Groups">The groups of digits before the decimal mark. A number without separators has one.</param>
/// <param name="Fraction">The digits after the decimal mark; empty without one.</param>
/// <param name="IsCommaDecimal">
/// True if the separators show a decimal comma, false if they show a decimal point, null if they show neither: without commas and points, or if
/// <paramref name="Ambiguous"/> is set.
/// </param>
/// <param name="Ambiguous">The only separator, if it may be the decimal mark or separate thousands, as in <c>1,204</c>; 0 otherwise.</param>
internal readonly record struct GroupedDigits(string[] Groups, string Fraction, bool? IsCommaDecimal, char Ambiguous)
{
    /// <summary>True if thousands are separated.</summary>
    public bool IsGrouped => Groups.Length > 1;

    /// <summary>Parses digits with separators; spaces and apostrophes are already normalized. Returns false if groups do not have three digits each.</summary>
    public static bool TryParse(string text, out GroupedDigits digits)
    {
        digits = default;
        var spaces = text.IndexOfAny([' ', '\'']) is >= 0 and var at ? text[at] : '\0';
        var (commas, points) = (text.Count(','), text.Count('.'));
        char mark, group;
        if (spaces != '\0')
        {
            (mark, group) = (commas == 1 && points == 0 ? ',' : '.', spaces);
        }
        else if (commas > 0 && points > 0)
        {
            (mark, group) = text.LastIndexOf(',') > text.LastIndexOf('.') ? (',', '.') : ('.', ',');
        }
        else if (commas + points > 1)
        {
            (mark, group) = commas > 0 ? ('.', ',') : (',', '.');
        }
        else
        {
            (mark, group) = commas == 1 ? (',', '.') : ('.', ',');
        }

        var parts = text.Split(mark);
        var groups = parts[0].Split(group);
        if (parts.Length > 2 || parts.Any(part => part.Length == 0) || !groups.All(IsDigits) || (parts.Length == 2 && !IsDigits(parts[1]))
            || (groups.Length > 1 && (groups[0].Length > 3 || groups[0][0] == '0' || groups.Skip(1).Any(other => other.Length != 3))))
        {
            return false;
        }

        var fraction = parts.Length == 2 ? parts[1] : "";
        var isAmbiguous = groups is [{ Length: <= 3 } first] && first[0] != '0' && fraction.Length == 3;
        var shows = fraction.Length > 0 || (groups.Length > 1 && spaces == '\0');
        digits = new(groups, fraction, isAmbiguous || !shows ? null : mark == ',', isAmbiguous ? mark : '\0');
        return true;
    }

    /// <summary>Returns the number, with an ambiguous separator read as a decimal mark.</summary>
    public decimal? ToDecimal()
    {
        var text = string.Concat(Groups) + (Fraction.Length > 0 ? $".{Fraction}" : "");
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>Returns the digits of an ambiguous number, with the separator read as one between thousands.</summary>
    public GroupedDigits AsThousands() => this with { Groups = [.. Groups, Fraction], Fraction = "", Ambiguous = '\0' };

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
