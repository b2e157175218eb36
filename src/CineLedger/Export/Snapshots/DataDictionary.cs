using CineLedger.Reports.Queries;
using CineLedger.Storage.Schema;

namespace CineLedger.Export.Snapshots;

/// <summary>The table that describes every column of an export.</summary>
internal static class DataDictionary
{
    /// <summary>Creates the table's definition.</summary>
    /// <param name="name">Its name, which is also that of its file.</param>
    public static ExportTable CreateTable(string name) => new(
        name,
        "The columns of all tables.",
        [
            new("table_name", "TEXT", false, "the table"),
            new("column_name", "TEXT", false, "the column"),
            new("type", "TEXT", false, "its type in SQL"),
            new("unit", "TEXT", true, "the unit of its values; null without one"),
            new("meaning", "TEXT", false, "what it holds"),
            new("null_meaning", "TEXT", true, "what null means; null if it is never null"),
        ],
        "");

    public static IEnumerable<object?[]> EnumerateRows(IEnumerable<ExportTable> tables) =>
        from table in tables
        from column in table.Columns
        select new object?[] { table.Name, column.Name, column.Type, GetUnit(column), column.Meaning, DescribeNull(table, column) };

    /// <summary>Returns the unit of a movie's value or of a measure with the column's name.</summary>
    private static string? GetUnit(SchemaColumn column)
    {
        var unit = MovieValues.All.FirstOrDefault(value => value.Name == column.Name)?.Unit ?? Measures.All.FirstOrDefault(measure => measure.Name == column.Name)?.Unit;
        return string.IsNullOrEmpty(unit) ? null : unit;
    }

    private static string? DescribeNull(ExportTable table, SchemaColumn column) =>
        !column.IsNullable ? null
        : table.Name.EndsWith("_years", StringComparison.Ordinal) ? "unknown for all movies of the row"
        : "unknown, or not given by the dataset";
}
