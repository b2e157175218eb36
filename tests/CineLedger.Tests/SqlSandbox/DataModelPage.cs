using System.Text;
using CineLedger.Reports.Views;
using CineLedger.Storage.Schema;

namespace CineLedger.Tests.SqlSandbox;

/// <summary>The text of docs/data-model.md.</summary>
internal static class DataModelPage
{
    private const string Head =
        """
        # Data model
        The ledger's tables, as the numbered scripts in `src/CineLedger/Storage/Schema` create them in a DuckDB file and in PostgreSQL. This page is
        generated from the scripts, and a test fails if it is out of date (`CINELEDGER_WRITE_DOCS=1` regenerates it). `cineledger sql --schema` prints the same tables.

        ```sh
        cineledger sql --schema
        cineledger sql --schema --format md
        ```

        A row belongs to the snapshots from `since` up to, but not including, `until`: the ledger as of snapshot *s* is
        `since <= s AND (until IS NULL OR until > s)`. A question mark after a type means that a value may be unknown (null).

        """;

    public static string Write(IReadOnlyList<SchemaTable> tables, IReadOnlyList<SnapshotView> views)
    {
        var page = new StringBuilder(Head).Append('\n').AppendLine("```mermaid").AppendLine("erDiagram");
        foreach (var table in tables)
        {
            foreach (var (other, by, optional) in References(table, tables))
            {
                page.AppendLine($"    {other} {(optional ? "|o" : "||")}--o{{ {table.Name} : \"{by}\"");
            }
        }

        foreach (var table in tables)
        {
            page.AppendLine($"    {table.Name} {{");
            foreach (var column in table.Columns)
            {
                page.AppendLine($"        {column.Type.Split('(')[0]} {column.Name}{(table.Key.Contains(column.Name) ? " PK" : "")}");
            }

            page.AppendLine("    }");
        }

        page.AppendLine("```").AppendLine().AppendLine("## Tables for SQL")
            .AppendLine("The published data. [SQL over HTTP](security.md#sql) reads these tables and no others.").AppendLine();
        WriteTables(page, tables.Where(table => SqlTables.IsReadable(table.Name)));
        page.AppendLine("## Operational tables").AppendLine("The state of loads, pushes, streams and webhooks. SQL over HTTP does not have them.").AppendLine();
        WriteTables(page, tables.Where(table => !SqlTables.IsReadable(table.Name)));
        page.AppendLine("## Views")
            .AppendLine("They show one snapshot, the newest unless [another is pinned](sql.md#views-in-other-tools). The store contains them for other tools; [`cineledger sql`](sql.md) shows them as of")
            .AppendLine("`--snapshot`, and [`cineledger export`](exports.md#a-whole-snapshot) writes them to files.")
            .AppendLine();
        foreach (var view in views)
        {
            page.AppendLine($"### {view.Name}").AppendLine(view.Meaning).AppendLine();
            WriteColumns(page, view.Columns);
        }

        return page.ToString().ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
    }

    private static void WriteTables(StringBuilder page, IEnumerable<SchemaTable> tables)
    {
        foreach (var table in tables)
        {
            page.AppendLine($"### {table.Name}").AppendLine(table.Meaning + (table.Key.Count > 0 ? $" Key: {string.Join(", ", table.Key)}." : "")).AppendLine();
            WriteColumns(page, table.Columns);
        }
    }

    private static void WriteColumns(StringBuilder page, IReadOnlyList<SchemaColumn> columns)
    {
        page.AppendLine("| column | type | meaning |").AppendLine("|---|---|---|");
        foreach (var column in columns)
        {
            page.AppendLine($"| {column.Name} | {column.Type}{(column.IsNullable ? "?" : "")} | {column.Meaning.Replace("|", "\\|", StringComparison.Ordinal)} |");
        }

        page.AppendLine();
    }

    /// <summary>Returns a table's references: columns that are the whole key of another table, and the movie and snapshot of a movie version.</summary>
    private static IEnumerable<(string Table, string By, bool Optional)> References(SchemaTable table, IReadOnlyList<SchemaTable> tables)
    {
        var isOfMovie = table.Name != "movie" && table.Columns.Any(column => column.Name == "movie_id");
        if (isOfMovie)
        {
            var byVersion = table.Columns.Any(column => column.Name == "since") && table.Columns.All(column => column.Name != "until");
            yield return ("movie", byVersion ? "movie_id, since" : "movie_id", table.Columns.Any(column => column is { Name: "movie_id", IsNullable: true }));
        }

        foreach (var column in table.Columns.Where(column => !(column.Name == "since" && isOfMovie)))
        {
            var key = column.Name is "since" ? "snapshot_id" : column.Name;
            if (key.EndsWith("_id", StringComparison.Ordinal) && tables.FirstOrDefault(other => other.Name != table.Name && other.Key is [var only] && only == key) is { } named)
            {
                yield return (named.Name, column.Name, column.IsNullable);
            }
        }
    }
}
