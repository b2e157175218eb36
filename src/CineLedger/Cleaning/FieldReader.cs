using System.Text;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Reads the fields of one record after another and writes down what is wrong with them. A value that has no business in its field
/// becomes unknown; the film stays.
/// </summary>
internal sealed class FieldReader(string file)
{
    private const long LongestRuntime = 100_000;
    private List<Finding> _findings = [];
    private int _line;
    private long _movieId;

    public SpreadsheetTally Spreadsheet { get; private set; } = new(file);

    public SpreadsheetTally TakeSpreadsheetTally()
    {
        var taken = Spreadsheet;
        Spreadsheet = new(file);
        return taken;
    }

    public void Begin(int line, long movieId, List<Finding> findings) => (_line, _movieId, _findings) = (line, movieId, findings);

    /// <summary>Whole dollars above zero, or null.</summary>
    public long? Amount(ReadOnlySpan<byte> text, string field)
    {
        Note(Amounts.Read(text, Amounts.Largest, out var value), field, text, "number with .0");
        if (value is > 0 and < Amounts.Suspicious)
        {
            Add(FindingKind.Flag, Rules.SuspiciousAmount, field, text);
        }

        return value is 0 ? null : value;
    }

    /// <summary>Whole minutes above zero, or null. The dataset itself writes <c>81.0</c>, so that is no repair.</summary>
    public int? Minutes(ReadOnlySpan<byte> text, string field)
    {
        var rule = Decimals.Read(text, LongestRuntime, out var value);
        var whole = value is { } minutes ? decimal.Round(minutes) : (decimal?)null;
        Note(rule ?? (whole != value ? Rules.RoundedNumber : null), field, text, "");
        return whole is null or 0 ? null : (int)whole;
    }

    /// <summary>A whole number, zero included, or null.</summary>
    public int? Count(ReadOnlySpan<byte> text, string field)
    {
        Note(Amounts.Read(text, int.MaxValue, out var value), field, text, "number with .0");
        return (int?)value;
    }

    public decimal? Decimal(ReadOnlySpan<byte> text, string field, decimal largest)
    {
        Note(Decimals.Read(text, largest, out var value), field, text, "");
        return value;
    }

    public bool? Boolean(ReadOnlySpan<byte> text, string field)
    {
        Note(Booleans.Read(text, out var value), field, text, "truth value in other letters");
        return value;
    }

    public DateOnly? Date(ReadOnlySpan<byte> text, string field, DateOrder? order, out bool needsOrder)
    {
        Note(Dates.Read(text, order, out var value, out needsOrder), field, text, "date in another notation");
        return value;
    }

    public string? Collection(ReadOnlySpan<byte> text, string field)
    {
        if (!Collections.TryRead(text, out var name, out _))
        {
            Add(FindingKind.Reject, Rules.InvalidList, field, text);
        }

        return name;
    }

    public IReadOnlyList<T> List<T>(ReadOnlySpan<byte> text, string field, NamedLists<T> lists)
        where T : class
    {
        if (!lists.TryRead(text, out var list, out var problem))
        {
            _findings.Add(new(
                FindingKind.Reject, Rules.InvalidList, file, _line, _movieId, field, $"{Encoding.UTF8.GetString(text)} ({problem})"));
        }
        else if (lists.IsAmbiguous)
        {
            Add(FindingKind.Flag, Rules.AmbiguousNames, field, text);
        }

        return list;
    }

    private void Note(string? rule, string field, ReadOnlySpan<byte> text, string form)
    {
        switch (rule)
        {
            case null:
                break;
            case Rules.SpreadsheetValue:
                Spreadsheet.Note(form, field, Encoding.UTF8.GetString(text), _line);
                break;
            case Rules.RoundedNumber:
                Add(FindingKind.Repair, rule, field, text);
                break;
            default:
                Add(FindingKind.Reject, rule, field, text);
                break;
        }
    }

    private void Add(FindingKind kind, string rule, string field, ReadOnlySpan<byte> text) =>
        _findings.Add(new(kind, rule, file, _line, _movieId, field, Encoding.UTF8.GetString(text)));
}
