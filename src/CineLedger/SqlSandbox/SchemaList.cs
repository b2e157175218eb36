using System.Data;
using System.Globalization;
using CineLedger.Reports;
using CineLedger.Storage.Schema;

namespace CineLedger.SqlSandbox;

/// <summary>What a user's SQL finds: a row for each table and view, followed by a row for each of its columns.</summary>
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

    /// <summary>As the scripts have it, with <c>?</c> behind it where null means unknown.</summary>
    private static string FormatType(SchemaColumn column) => column.IsNullable ? $"{column.Type}?" : column.Type;
}
