using System.Globalization;
using System.Text.RegularExpressions;

namespace CineLedger.Reports;

/// <summary>A statement being put together: its values go in as parameters, never into the text.</summary>
public sealed partial class SqlBuilder
{
    private readonly List<object?> _parameters = [];

    public string Text { get; set; } = "";

    public IReadOnlyList<object?> Parameters => _parameters;

    /// <summary>Takes a value; returns the place that stands for it in the text: <c>$1</c>, <c>$2</c> …</summary>
    public string Add(object? value)
    {
        _parameters.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_parameters.Count}");
    }

    /// <summary>Takes several values; returns <c>$3, $4, $5</c>.</summary>
    public string AddAll(IEnumerable<string> values) => string.Join(", ", values.Select(Add));

    /// <summary>The end of a statement that gives a part of its rows: <c>LIMIT $4 OFFSET $5</c>; nothing for all of them.</summary>
    internal string BuildPage(int? limit, int offset) =>
        $"{(limit is { } max ? $"\nLIMIT {Add(max)}" : "")}{(offset > 0 ? $"\nOFFSET {Add(offset)}" : "")}";

    /// <summary>
    /// The statement with its values in place of <c>$1</c>, <c>$2</c> …: to be read, or pasted into an engine's own shell. The statements
    /// that are built here hold no other dollar sign.
    /// </summary>
    public string ToInlinedSql() => Place().Replace(Text, place => FormatLiteral(_parameters[int.Parse(place.ValueSpan[1..], CultureInfo.InvariantCulture) - 1]));

    private static string FormatLiteral(object? value) => value switch
    {
        null => "NULL",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        DateOnly day => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"a value of {value.GetType().Name} is not foreseen"),
    };

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Place();
}
