using System.Data;
using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Views;
using CineLedger.Storage.Schema;

namespace CineLedger.SqlSandbox;

/// <summary>Lists what a user's SQL can read: a row per table and view, followed by a row per column.</summary>
public static class SchemaList
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("table", ColumnKind.Text), new("column", ColumnKind.Text), new("type", ColumnKind.Text), new("key", ColumnKind.Text), new("meaning", ColumnKind.Text),
    ];

    public static async Task<DataTable> ReadAsync(CancellationToken cancellationToken)
    {
        var list = new DataTable { Locale = CultureInfo.InvariantCulture };
        list.Columns.AddRange([.. Columns.Select(column => new DataColumn(column.Name, typeof(string)))]);
        foreach (var table in await LedgerSchema.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            Add(table.Name, "table", table.Meaning, table.Columns, table.Key);
        }

        foreach (var view in await SnapshotViews.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            Add(view.Name, "view", view.Meaning, view.Columns, []);
        }

        return list;

        void Add(string name, string type, string meaning, IReadOnlyList<SchemaColumn> columns, IReadOnlyList<string> key)
        {
            list.Rows.Add(name, null, type, null, meaning);
            foreach (var column in columns)
            {
                list.Rows.Add(name, column.Name, FormatType(column), key.Contains(column.Name) ? "key" : null, column.Meaning);
            }
        }
    }

    /// <summary>Formats the type as in the schema scripts, followed by <c>?</c> when it is nullable.</summary>
    private static string FormatType(SchemaColumn column) => column.IsNullable ? $"{column.Type}?" : column.Type;
}
