using System.Data.Common;
using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Views;
using CineLedger.Storage.Schema;

namespace CineLedger.Export.Snapshots;

/// <summary>A table of an export: a view as of one snapshot.</summary>
/// <param name="Name">Its name, also that of its file.</param>
/// <param name="Meaning">A one-line description.</param>
/// <param name="Columns">The columns of a row.</param>
/// <param name="Sql">Its query in the ledger, with ordered rows.</param>
internal sealed record ExportTable(string Name, string Meaning, IReadOnlyList<SchemaColumn> Columns, string Sql)
{
    /// <summary>
    /// Gets the query for an engine that writes the rows itself. It leaves movies and links in the order of the ledger, because sorting them would take a fifth of
    /// the time. Reports are sorted.
    /// </summary>
    public string CopySql { get; private init; } = Sql;

    public static ExportTable Create(SnapshotView view, int snapshotId) =>
        new(view.Name, view.Meaning.Replace("`", "", StringComparison.Ordinal), view.Columns, view.BuildOrderedSql(snapshotId))
        {
            CopySql = view.Table is null ? view.BuildOrderedSql(snapshotId) : view.BuildSql(snapshotId, ""),
        };

    /// <summary>Gets the query for readers of rows, which have no type for dates and decimals: these are texts, as <see cref="ResultColumns"/> describes.</summary>
    public string ReadSql => $"SELECT {string.Join(", ", Columns.Select(BuildReadable))} FROM ({Sql}) v";

    public IReadOnlyList<Column> ResultColumns => [.. Columns.Select(column => new Column(column.Name, GetKind(column)))];

    private static string BuildReadable(SchemaColumn column) => GetKind(column) is ColumnKind.Date or ColumnKind.Exact ? $"CAST(v.{column.Name} AS VARCHAR)" : $"v.{column.Name}";

    public static ColumnKind GetKind(SchemaColumn column) => column.Type.Split('(')[0] switch
    {
        "TEXT" => ColumnKind.Text,
        "INTEGER" or "BIGINT" => ColumnKind.Integer,
        "DECIMAL" => ColumnKind.Exact,
        "DOUBLE" => ColumnKind.Number,
        "BOOLEAN" => ColumnKind.Boolean,
        "DATE" => ColumnKind.Date,
        "TIMESTAMP" => ColumnKind.Time,
        _ => throw new NotSupportedException($"columns of type {column.Type} are not exported"),
    };

    /// <summary>Reads a value of a row of <see cref="ReadSql"/>: null, or a text, long, double, decimal, Boolean, date or time.</summary>
    public static object? ReadValue(DbDataReader row, int column, ColumnKind kind) => row.IsDBNull(column) ? null : kind switch
    {
        ColumnKind.Text => row.GetString(column),
        ColumnKind.Integer => row.GetInteger(column),
        ColumnKind.Number => row.GetDouble(column),
        ColumnKind.Exact => decimal.Parse(row.GetString(column), CultureInfo.InvariantCulture),
        ColumnKind.Boolean => row.GetBoolean(column),
        ColumnKind.Date => DateOnly.ParseExact(row.GetString(column), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnKind.Time => row.GetDateTime(column),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
