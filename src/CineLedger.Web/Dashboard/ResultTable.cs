using CineLedger.Reports;

namespace CineLedger.Web.Dashboard;

/// <summary>A complete query result in memory. Values are texts, longs, doubles, booleans and times; null is unknown.</summary>
public sealed class ResultTable
{
    private readonly Dictionary<string, int> _indexes;

    private ResultTable(IReadOnlyList<Column> columns, IReadOnlyList<object?[]> rows)
    {
        Columns = columns;
        _indexes = columns.Select((column, place) => (column.Name, place)).ToDictionary(at => at.Name, at => at.place, StringComparer.Ordinal);
        Rows = [.. rows.Select(values => new ResultRow(this, values))];
    }

    public IReadOnlyList<Column> Columns { get; }

    public IReadOnlyList<ResultRow> Rows { get; }

    /// <summary>The number of rows at the end that are totals.</summary>
    public int TotalRows { get; private init; }

    public int GetOrdinal(string column) => _indexes.TryGetValue(column, out var index)
        ? index
        : throw new ArgumentException($"the result has no column {column}; it has {string.Join(", ", _indexes.Keys)}");

    /// <summary>The approximate size in memory, in bytes.</summary>
    public long Size => 500 + Rows.Sum(row => 60L + (row.Values.Count * 32L) + row.Values.OfType<string>().Sum(text => 2L * text.Length));

    /// <summary>Reads all rows and closes the result.</summary>
    public static async Task<ResultTable> ReadAsync(DbResult result, CancellationToken cancellationToken)
    {
        await using (result)
        {
            var rows = new List<object?[]>();
            while (await result.Rows.ReadAsync(cancellationToken))
            {
                var values = new object?[result.Columns.Count];
                for (var index = 0; index < values.Length; index++)
                {
                    values[index] = result.Rows.IsDBNull(index) ? null : Normalize(result.Rows.GetValue(index));
                }

                rows.Add(values);
            }

            return new ResultTable(result.Columns, rows) { TotalRows = result.TotalRows };
        }
    }

    /// <summary>Engines return numbers of different widths for the same column.</summary>
    private static object Normalize(object value) => value switch
    {
        int whole => (long)whole,
        short whole => (long)whole,
        System.Numerics.BigInteger whole => (long)whole,
        float number => (double)number,
        decimal number => (double)number,
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };
}

/// <summary>One row of a result.</summary>
public sealed class ResultRow(ResultTable table, IReadOnlyList<object?> values)
{
    public IReadOnlyList<object?> Values { get; } = values;

    /// <summary>Returns the value of a column; null when it is unknown.</summary>
    public object? this[string column] => Values[table.GetOrdinal(column)];

    public string GetText(string column) => (string?)this[column] ?? "";

    /// <summary>Returns a whole number that is never unknown, such as a year or a count.</summary>
    public long GetInteger(string column) => (long)this[column]!;

    /// <summary>Returns a number; null when it is unknown.</summary>
    public double? GetNumber(string column) => this[column] switch
    {
        null => null,
        long whole => whole,
        double number => double.IsFinite(number) ? number : null,
        var other => throw new InvalidOperationException($"{column} is {other.GetType().Name}, not a number"),
    };
}
