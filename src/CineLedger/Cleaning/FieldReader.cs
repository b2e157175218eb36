using System.Text;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Reads the fields of records and reports findings. An invalid value becomes unknown; the movie is kept.
/// </summary>
internal sealed class FieldReader(string file)
{
    private const long MaxRuntime = 100_000;
    private List<Finding> _findings = [];
    private int _line;
    private long _movieId;

    public SpreadsheetFindings Spreadsheet { get; private set; } = new(file);

    public SpreadsheetFindings DetachSpreadsheetFindings()
    {
        var detached = Spreadsheet;
        Spreadsheet = new(file);
        return detached;
    }

    /// <summary>True once a text was read whose meaning depends on the whole file.</summary>
    public bool NeedsNotations { get; set; }

    /// <summary>The number of rejected fields whose text belongs to the field but is ambiguous or in another currency.</summary>
    public int UnclearFields { get; private set; }

    public void Begin(int line, long movieId, List<Finding> findings) => (_line, _movieId, _findings, UnclearFields) = (line, movieId, findings, 0);

    /// <summary>Reads whole dollars above zero; null if unknown.</summary>
    /// <param name="text">The field.</param>
    /// <param name="field">The column's name in findings.</param>
    /// <param name="mark">The column's decimal mark; null if it has not been determined yet.</param>
    /// <param name="unit">The dollars in the column's unit.</param>
    public long? ReadAmount(ReadOnlySpan<byte> text, string field, DecimalMark? mark, int unit)
    {
        var rule = AmountParser.Parse(text, AmountParser.MaxValue, out var value);
        if (rule is Rules.InvalidNumber or Rules.SpreadsheetValue || (unit != 1 && value > 0))
        {
            if (IsPlaceholder(text, field))
            {
                return null;
            }

            value = (long?)Report(NumberParser.ParseAmount(text, mark, unit), text, field);
        }
        else
        {
            AddFinding(rule, field, text, "");
        }

        if (value is > 0 and < AmountParser.SuspiciousBelow)
        {
            AddFinding(FindingKind.Flag, Rules.SuspiciousAmount, field, text);
        }

        return value is 0 ? null : value;
    }

    /// <summary>Reads whole minutes above zero; null if unknown. The dataset itself contains <c>81.0</c>, so that form is not a repair.</summary>
    public int? ReadMinutes(ReadOnlySpan<byte> text, string field, DecimalMark? mark)
    {
        var value = ReadDecimal(text, field, mark, MaxRuntime, minutes: true);
        return value is null or 0 ? null : (int)value;
    }

    /// <summary>Reads a whole number, including zero; null if unknown.</summary>
    public int? ReadCount(ReadOnlySpan<byte> text, string field, DecimalMark? mark)
    {
        var rule = AmountParser.Parse(text, int.MaxValue, out var value);
        if (rule is not (Rules.InvalidNumber or Rules.SpreadsheetValue))
        {
            AddFinding(rule, field, text, "");
            return (int?)value;
        }

        return IsPlaceholder(text, field) ? null : (int?)Report(NumberParser.Parse(text, mark, int.MaxValue, isWhole: true), text, field);
    }

    public decimal? ReadDecimal(ReadOnlySpan<byte> text, string field, DecimalMark? mark, decimal largest) => ReadDecimal(text, field, mark, largest, minutes: false);

    public bool? ReadBoolean(ReadOnlySpan<byte> text, string field)
    {
        var rule = BooleanParser.Parse(text, out var value);
        if (rule is not null && (rule != Rules.InvalidBoolean || !IsPlaceholder(text, field)))
        {
            AddFinding(rule, field, text, text.Trim(" \t"u8).Length is 4 or 5 ? "different capitalization" : "another notation");
        }

        return value;
    }

    /// <summary>Reads a date, or the year of a date without a day.</summary>
    /// <param name="text">The field.</param>
    /// <param name="field">The column's name in findings.</param>
    /// <param name="order">Which number is the day, as determined from the whole file; null if not determined yet.</param>
    /// <param name="columnYear">The year in the record's column of years; null if there is none.</param>
    public ParsedDate ReadDate(ReadOnlySpan<byte> text, string field, DateOrder? order, int? columnYear)
    {
        var read = DateParser.Parse(text, order, columnYear);
        NeedsNotations |= read.NeedsOrder;
        if (read.Rule is null || (read.Rule == Rules.InvalidDate && IsPlaceholder(text, field)))
        {
            return read;
        }

        if (read.Rule == Rules.PartialDate)
        {
            Spreadsheet.Add(read.Rule, "date without a day", field, Encoding.UTF8.GetString(text), _line);
        }
        else
        {
            UnclearFields += read.Rule == Rules.InvalidDate && DateParser.HasForm(text) ? 1 : 0;
            AddFinding(read.Rule, field, text, "date in another format");
        }

        return read;
    }

    /// <summary>Reads a year from a column of years; null if unknown.</summary>
    public int? ReadYear(ReadOnlySpan<byte> text, string field)
    {
        text = text.Trim(" \t"u8);
        if (text.IsEmpty || text.SequenceEqual("0"u8) || IsPlaceholder(text, field))
        {
            return null;
        }

        if (DateParser.TryReadYear(text, out var year))
        {
            AddFinding(text.Length > 4 ? Rules.SpreadsheetValue : null, field, text, "number with .0");
            return year;
        }

        AddFinding(FindingKind.Reject, Rules.InvalidNumber, field, text);
        return null;
    }

    /// <summary>Adds a flag for a release that lies in the future.</summary>
    public void FlagFuture(string date, string field) => _findings.Add(new(FindingKind.Flag, Rules.FutureDate, file, _line, _movieId, field, date));

    /// <summary>Returns true, and adds a finding, if a text is a placeholder for a missing value.</summary>
    public bool IsPlaceholderText(ReadOnlySpan<byte> text, string field) => Placeholder.IsText(text) && AddPlaceholder(text, field);

    /// <summary>Returns true, and adds a finding, if a text is a placeholder for a missing name or list of names.</summary>
    public bool IsPlaceholderName(ReadOnlySpan<byte> text, string field) => Placeholder.IsName(text) && AddPlaceholder(text, field);

    public string? ReadCollection(ReadOnlySpan<byte> text, string field, ListNotation notation, Func<string, string?> findOriginal)
    {
        // Some files only say whether a movie belongs to a collection.
        if (IsPlaceholderName(text, field) || (BooleanParser.IsBoolean(text) && AddPlaceholder(text, field)))
        {
            return null;
        }

        if (!CollectionParser.TryParse(text, notation, out var name, out _))
        {
            AddFinding(FindingKind.Reject, Rules.InvalidList, field, text);
        }

        if (name is null || Ascii.IsValid(name) || !WronglyDecoded.Contains(name.AsSpan()))
        {
            return name;
        }

        var original = findOriginal(name);
        AddWronglyDecoded(name, original, field);
        return original ?? name;
    }

    public IReadOnlyList<T> ReadList<T>(ReadOnlySpan<byte> text, string field, NamedListParser<T> lists)
        where T : class
    {
        if (IsPlaceholderName(text, field))
        {
            return [];
        }

        if (!lists.TryParse(text, out var list, out var problem))
        {
            _findings.Add(new(
                FindingKind.Reject, lists.InvalidEntry is null ? Rules.InvalidList : Rules.InvalidEntry, file, _line, _movieId, field,
                $"{lists.InvalidEntry ?? Encoding.UTF8.GetString(text)} ({problem})"));
        }
        else if (lists.IsAmbiguous)
        {
            AddFinding(FindingKind.Flag, Rules.AmbiguousNames, field, text);
        }

        for (var i = 0; i < lists.WronglyDecodedNames.Count; i++)
        {
            AddWronglyDecoded(lists.WronglyDecodedNames[i].Name, lists.WronglyDecodedNames[i].Original, field);
        }

        return list;
    }

    private decimal? ReadDecimal(ReadOnlySpan<byte> text, string field, DecimalMark? mark, decimal largest, bool minutes)
    {
        var rule = DecimalParser.Parse(text, largest, out var value);
        if (rule == Rules.InvalidNumber || (mark?.IsComma == true && text.Contains((byte)'.')))
        {
            if (IsPlaceholder(text, field))
            {
                return null;
            }

            value = Report(NumberParser.Parse(text, mark, largest, isWhole: false), text, field);
            rule = null;
        }

        var places = minutes ? 0 : DecimalParser.Scale;
        var rounded = value is { } known && known.Scale > places ? decimal.Round(known, places) : value;
        AddFinding(rule ?? (rounded != value ? Rules.RoundedNumber : null), field, text, "");
        return rounded;
    }

    private bool IsPlaceholder(ReadOnlySpan<byte> text, string field) => Placeholder.IsValue(text) && AddPlaceholder(text, field);

    private bool AddPlaceholder(ReadOnlySpan<byte> text, string field)
    {
        Spreadsheet.Add(Rules.Placeholder, Encoding.UTF8.GetString(text.Trim(" \t"u8)), field, null, _line);
        return true;
    }

    /// <summary>Reports how a number was read, and returns it.</summary>
    private decimal? Report(ParsedNumber read, ReadOnlySpan<byte> text, string field)
    {
        NeedsNotations |= read.NeedsNotations;
        UnclearFields += read.IsUnclear ? 1 : 0;
        if (read.NeedsNotations)
        {
            return null;
        }

        if (read.Rule == Rules.SpreadsheetValue || read.Detail is null)
        {
            AddFinding(read.Rule, field, text, read.Detail ?? "");
        }
        else
        {
            _findings.Add(new(FindingKind.Reject, read.Rule, file, _line, _movieId, field, $"{Encoding.UTF8.GetString(text)} ({read.Detail})"));
        }

        return read.Value;
    }
    /// <summary>Flags a text that was decoded wrongly, once per column.</summary>
    public void CheckDecoding(ReadOnlySpan<byte> text, string field)
    {
        if (!Ascii.IsValid(text) && WronglyDecoded.Contains(text))
        {
            Spreadsheet.Add(FindingKind.Flag, Rules.WronglyDecoded, "decoded wrongly", field, WronglyDecoded.GetExcerpt(Encoding.UTF8.GetString(text)), _line);
        }
    }

    private void AddWronglyDecoded(string name, string? original, string field) => Spreadsheet.Add(
        original is null ? FindingKind.Flag : FindingKind.Repair, original is null ? Rules.WronglyDecoded : Rules.RedecodedName,
        original is null ? name : $"{name} → {original}", field, null, _line);

    private void AddFinding(string? rule, string field, ReadOnlySpan<byte> text, string form)
    {
        switch (rule)
        {
            case null:
                break;
            case Rules.SpreadsheetValue:
                Spreadsheet.Add(form, field, Encoding.UTF8.GetString(text), _line);
                break;
            case Rules.RoundedNumber:
                AddFinding(FindingKind.Repair, rule, field, text);
                break;
            default:
                AddFinding(FindingKind.Reject, rule, field, text);
                break;
        }
    }

    private void AddFinding(FindingKind kind, string rule, string field, ReadOnlySpan<byte> text) =>
        _findings.Add(new(kind, rule, file, _line, _movieId, field, Encoding.UTF8.GetString(text)));
}
