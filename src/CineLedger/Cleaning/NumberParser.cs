using System.Buffers;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>How a number was read.</summary>
/// <param name="Value">The number; null if unknown.</param>
/// <param name="Rule">The rule of the finding.</param>
/// <param name="Detail">For a repair, the form of the text; for a reject, the reason if the text alone does not show it.</param>
/// <param name="NeedsNotations">True if only the column as a whole shows what the text means.</param>
/// <param name="IsUnclear">True if the text is a number that belongs to the field, but its value is ambiguous.</param>
internal readonly record struct ParsedNumber(decimal? Value, string Rule, string? Detail = null, bool NeedsNotations = false, bool IsUnclear = false);

/// <summary>Reads numbers in the forms of <see cref="NumberText"/>.</summary>
internal static class NumberParser
{
    private static readonly SearchValues<byte> ScientificCharacters = SearchValues.Create(" \t$+-.,eE0123456789"u8);

    /// <summary>Parses an amount in whole dollars.</summary>
    /// <param name="text">The field.</param>
    /// <param name="mark">The column's decimal mark; null if it has not been determined yet.</param>
    /// <param name="unit">The dollars in the unit of the column.</param>
    public static ParsedNumber ParseAmount(ReadOnlySpan<byte> text, DecimalMark? mark, int unit)
    {
        if (!NumberText.TryParse(text, out var number))
        {
            return new(null, Rules.InvalidNumber, IsScientific(text) ? "scientific notation: digits are lost" : null);
        }

        if (number.Foreign is { } currency)
        {
            return new(null, Rules.ForeignCurrency, currency, IsUnclear: true);
        }

        var dollars = number.Unit ?? unit;
        var read = Resolve(number, mark, AmountParser.MaxValue / dollars, isWhole: dollars == 1);
        if (read.Value is not { } value)
        {
            return read;
        }

        var amount = value * dollars;
        if (amount != decimal.Truncate(amount))
        {
            return new(null, Rules.InvalidNumber, "not whole dollars, and without a unit such as millions");
        }

        var forms = new List<string>();
        AddForm(dollars != 1, "unit of thousands, millions or billions");
        AddForm(number.HasDollars, "currency sign");
        AddForm(read.Detail is { Length: > 0 }, read.Detail!);
        AddForm(forms.Count == 0, "number with .0");
        return read with { Value = amount, Detail = string.Join(", ", forms) };

        void AddForm(bool applies, string form)
        {
            if (applies)
            {
                forms.Add(form);
            }
        }
    }

    /// <summary>Parses a number without a unit, up to <paramref name="largest"/>.</summary>
    /// <param name="text">The field.</param>
    /// <param name="mark">The column's decimal mark; null if it has not been determined yet.</param>
    /// <param name="largest">The largest value of the field.</param>
    /// <param name="isWhole">True for counts.</param>
    public static ParsedNumber Parse(ReadOnlySpan<byte> text, DecimalMark? mark, decimal largest, bool isWhole)
    {
        if (!NumberText.TryParse(text, out var number) || number is not { HasDollars: false, Foreign: null, Unit: null })
        {
            return isWhole || !IsScientific(text) ? new(null, Rules.InvalidNumber) : ParseScientific(text, mark, largest);
        }

        var read = Resolve(number, mark, largest, isWhole);
        return read switch
        {
            { Value: { } value } when isWhole && value != decimal.Truncate(value) => new(null, Rules.InvalidNumber),
            { Value: not null, Detail: "" } => read with { Detail = "number with .0" },
            _ => read,
        };
    }

    /// <summary>Parses a small number with a decimal comma, such as <c>7,7E-05</c>.</summary>
    private static ParsedNumber ParseScientific(ReadOnlySpan<byte> text, DecimalMark? mark, decimal largest)
    {
        if (mark is null)
        {
            return new(null, "", NeedsNotations: true);
        }

        var point = text.ToArray();
        point.AsSpan().Replace((byte)',', (byte)'.');
        return mark.IsComma == true && DecimalParser.Parse(point, largest, out var value) is null
            ? new(value, Rules.SpreadsheetValue, "decimal comma")
            : new(null, Rules.InvalidNumber);
    }

    /// <summary>Returns the number without its unit; its detail names the separators.</summary>
    private static ParsedNumber Resolve(NumberText number, DecimalMark? mark, decimal largest, bool isWhole)
    {
        if (number.IsNegative)
        {
            return new(null, Rules.NegativeAmount);
        }

        var digits = number.Digits;
        var needsColumn = digits.Ambiguous != 0 || digits.IsCommaDecimal == true;
        if (needsColumn && mark is null)
        {
            return new(null, "", NeedsNotations: true);
        }

        if (needsColumn && mark!.IsContradictory)
        {
            return new(null, Rules.InvalidNumber, "the column has decimal commas as well as decimal points", IsUnclear: true);
        }

        if (digits.Ambiguous != 0)
        {
            if (IsDecimalMark(digits, mark!, largest, isWhole) is not { } isDecimal)
            {
                return new(null, Rules.InvalidNumber, $"'{digits.Ambiguous}' may be a decimal mark or separate thousands", IsUnclear: true);
            }

            var isComma = digits.Ambiguous == ',';
            digits = (isDecimal ? digits : digits.AsThousands()) with { IsCommaDecimal = isComma == isDecimal };
        }

        var form = digits.IsGrouped ? "thousands separators" : "";
        form += digits is { Fraction.Length: > 0, IsCommaDecimal: true } ? $"{(form.Length > 0 ? ", " : "")}decimal comma" : "";
        return digits.ToDecimal() is { } value && value <= largest ? new(value, Rules.SpreadsheetValue, form) : new(null, Rules.InvalidNumber);
    }

    /// <summary>Returns whether the only separator of <c>1,204</c> or <c>5.000</c> is the decimal mark; null if the column does not show it either.</summary>
    private static bool? IsDecimalMark(GroupedDigits digits, DecimalMark mark, decimal largest, bool isWhole)
    {
        var isComma = digits.Ambiguous == ',';
        if (mark.IsComma is { } comma)
        {
            return isComma == comma;
        }

        if (isWhole)
        {
            // In a whole number, a comma separates thousands. A point may separate thousands or precede a fraction of zeros.
            return isComma ? false : null;
        }

        return digits.AsThousands().ToDecimal() > largest ? true : null;
    }

    private static bool IsScientific(ReadOnlySpan<byte> text) =>
        text.IndexOfAny((byte)'e', (byte)'E') is > 0 and var exponent && char.IsAsciiDigit((char)text[exponent - 1]) && !text.ContainsAnyExcept(ScientificCharacters);
}
