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

    public void Begin(int line, long movieId, List<Finding> findings) => (_line, _movieId, _findings) = (line, movieId, findings);

    /// <summary>Reads whole dollars above zero; null if unknown.</summary>
    public long? ReadAmount(ReadOnlySpan<byte> text, string field)
    {
        AddFinding(AmountParser.Parse(text, AmountParser.MaxValue, out var value), field, text, "number with .0");
        if (value is > 0 and < AmountParser.SuspiciousBelow)
        {
            AddFinding(FindingKind.Flag, Rules.SuspiciousAmount, field, text);
        }

        return value is 0 ? null : value;
    }

    /// <summary>Reads whole minutes above zero; null if unknown. The dataset itself contains <c>81.0</c>, so that form is not a repair.</summary>
    public int? ReadMinutes(ReadOnlySpan<byte> text, string field)
    {
        var rule = DecimalParser.Parse(text, MaxRuntime, out var value);
        var rounded = value is { } minutes ? decimal.Round(minutes) : (decimal?)null;
        AddFinding(rule ?? (rounded != value ? Rules.RoundedNumber : null), field, text, "");
        return rounded is null or 0 ? null : (int)rounded;
    }

    /// <summary>Reads a whole number, including zero; null if unknown.</summary>
    public int? ReadCount(ReadOnlySpan<byte> text, string field)
    {
        AddFinding(AmountParser.Parse(text, int.MaxValue, out var value), field, text, "number with .0");
        return (int?)value;
    }

    public decimal? ReadDecimal(ReadOnlySpan<byte> text, string field, decimal largest)
    {
        AddFinding(DecimalParser.Parse(text, largest, out var value), field, text, "");
        return value;
    }

    public bool? ReadBoolean(ReadOnlySpan<byte> text, string field)
    {
        AddFinding(BooleanParser.Parse(text, out var value), field, text, "different capitalization");
        return value;
    }

    public DateOnly? ReadDate(ReadOnlySpan<byte> text, string field, DateOrder? order, out bool needsOrder)
    {
        AddFinding(DateParser.Parse(text, order, out var value, out needsOrder), field, text, "date in another format");
        return value;
    }

    public string? ReadCollection(ReadOnlySpan<byte> text, string field)
    {
        if (!CollectionParser.TryParse(text, out var name, out _))
        {
            AddFinding(FindingKind.Reject, Rules.InvalidList, field, text);
        }

        return name;
    }

    public IReadOnlyList<T> ReadList<T>(ReadOnlySpan<byte> text, string field, NamedListParser<T> lists)
        where T : class
    {
        if (!lists.TryParse(text, out var list, out var problem))
        {
            _findings.Add(new(
                FindingKind.Reject, Rules.InvalidList, file, _line, _movieId, field, $"{Encoding.UTF8.GetString(text)} ({problem})"));
        }
        else if (lists.IsAmbiguous)
        {
            AddFinding(FindingKind.Flag, Rules.AmbiguousNames, field, text);
        }

        return list;
    }

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
