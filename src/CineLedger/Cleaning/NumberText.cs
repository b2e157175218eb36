using System.Text;
using CineLedger.Sources;

namespace CineLedger.Cleaning;

/// <summary>
/// A number as spreadsheets and people write it: <c>$1,500,000</c>, <c>1 500 000</c>, <c>6,4</c>, <c>$12.5M</c>. The plain form is read by <see cref="AmountParser"/>
/// and <see cref="DecimalParser"/>, which are faster.
/// </summary>
/// <param name="Digits">The digits with their separators.</param>
/// <param name="IsNegative">True with a minus sign or in parentheses, which mean a loss.</param>
/// <param name="HasDollars">True with a sign or name of the US dollar.</param>
/// <param name="Foreign">The name of another currency; null if there is none.</param>
/// <param name="Unit">The dollars in a unit such as <c>M</c>; null if there is none.</param>
internal readonly record struct NumberText(GroupedDigits Digits, bool IsNegative, bool HasDollars, string? Foreign, int? Unit)
{
    /// <summary>The length of the longest text that can be a number.</summary>
    public const int MaxLength = 64;

    public static bool TryParse(ReadOnlySpan<byte> utf8, out NumberText number)
    {
        number = default;
        if (utf8.Length > MaxLength || utf8.IndexOfAnyInRange((byte)'0', (byte)'9') < 0)
        {
            return false;
        }

        var text = Normalize(Encoding.UTF8.GetString(utf8));
        var isNegative = text.StartsWith('(') && text.EndsWith(')');
        text = isNegative ? text[1..^1].Trim() : text;
        var (first, last) = (text.AsSpan().IndexOfAnyInRange('0', '9'), text.AsSpan().LastIndexOfAnyInRange('0', '9'));
        if (first < 0 || !GroupedDigits.TryParse(text[first..(last + 1)], out var digits))
        {
            return false;
        }

        var (prefix, suffix) = (text[..first].Trim(), text[(last + 1)..].Trim());
        if (prefix.StartsWith('-') || prefix.EndsWith('-'))
        {
            (prefix, isNegative) = (prefix.Trim('-', ' '), true);
        }

        int? unit = null;
        if (!IsCurrency(suffix))
        {
            var word = suffix.IndexOfAny([' ', '$', '€', '£', '¥', '₹']) is >= 0 and var end ? suffix[..end] : suffix;
            if (AmountUnits.Find(word) is not { } found)
            {
                return false;
            }

            (unit, suffix) = (found, suffix[word.Length..].Trim());
        }

        // "$5 CAD" is in Canadian dollars.
        number = new(digits, isNegative, Currencies.IsDollar(prefix) || Currencies.IsDollar(suffix), Currencies.FindForeign(prefix) ?? Currencies.FindForeign(suffix), unit);
        return IsCurrency(prefix) && IsCurrency(suffix);
    }

    private static bool IsCurrency(string text) => text.Length == 0 || Currencies.IsDollar(text) || Currencies.FindForeign(text) is not null;

    /// <summary>Replaces typographic spaces, apostrophes and minus signs with ASCII ones.</summary>
    private static string Normalize(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = source[i] switch
            {
                '\t' or '\u00a0' or '\u2007' or '\u2008' or '\u2009' or '\u200a' or '\u202f' => ' ',
                '\u2019' or '\u2018' or '\u02bc' or '\u00b4' => '\'',
                '\u2212' => '-',
                var other => other,
            };
        }
    }).Trim();
}
