using System.Globalization;
using System.Text.RegularExpressions;
using CineLedger.Model;

namespace CineLedger.Reports;

/// <summary>Builds a statement whose values are passed as parameters, never in its text.</summary>
public sealed partial class SqlBuilder
{
    private readonly List<object?> _parameters = [];

    public string Text { get; set; } = "";

    public IReadOnlyList<object?> Parameters => _parameters;

    /// <summary>Adds a value and returns its placeholder: <c>$1</c>, <c>$2</c> …</summary>
    public string Add(object? value)
    {
        _parameters.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_parameters.Count}");
    }

    /// <summary>Adds several values and returns their placeholders: <c>$3, $4, $5</c>.</summary>
    public string AddAll(IEnumerable<string> values) => string.Join(", ", values.Select(Add));

    /// <summary>Builds the condition that a name contains a text, regardless of letter case and accents.</summary>
    internal string BuildContains(string column, string text) => $"{column} ~ {Add(NamePattern.CreateContaining(text))}";

    /// <summary>Builds the paging clause, such as <c>LIMIT $4 OFFSET $5</c>; empty for all rows.</summary>
    internal string BuildPage(int? limit, int offset) =>
        $"{(limit is { } max ? $"\nLIMIT {Add(max)}" : "")}{(offset > 0 ? $"\nOFFSET {Add(offset)}" : "")}";

    /// <summary>
    /// Returns the statement with its values inlined, for reading or for pasting into an engine's shell. Statements built here contain no
    /// dollar sign except in placeholders.
    /// </summary>
    public string ToInlinedSql() => PlaceholderPattern().Replace(Text, place => FormatLiteral(_parameters[int.Parse(place.ValueSpan[1..], CultureInfo.InvariantCulture) - 1]));

    private static string FormatLiteral(object? value) => value switch
    {
        null => "NULL",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        DateOnly day => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"cannot format a {value.GetType().Name} as an SQL literal"),
    };

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex PlaceholderPattern();
}
