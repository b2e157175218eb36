using CineLedger.Reports.Views;
using CineLedger.SqlSandbox;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Schema;
using CineLedger.Tests.Reports.Views;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.SqlSandbox;

/// <summary>Checks docs/data-model.md and the script of the views against the actual schema. CINELEDGER_WRITE_DOCS=1 regenerates both.</summary>
public sealed class DataModelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_shows_the_schema_as_it_is()
    {
        var path = Repository.GetPath("docs", "data-model.md");
        var page = DataModelPage.Write(await LedgerSchema.ReadAsync(Cancel), await SnapshotViews.ReadAsync(Cancel));
        if (Environment.GetEnvironmentVariable("CINELEDGER_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, page, Cancel);
        }

        Assert.True(
            page == (await File.ReadAllTextAsync(path, Cancel)).ReplaceLineEndings("\n"), "docs/data-model.md differs from the schema: run this test with CINELEDGER_WRITE_DOCS=1");
    }

    /// <summary>Ledgers keep the views that they were created with, so a change of the views after a release needs a new script that replaces them.</summary>
    [Fact]
    public async Task The_script_creates_the_views_as_they_are_defined()
    {
        var path = Directory.GetFiles(Repository.GetPath("src", "CineLedger", "Storage", "Schema"), "*-views.sql").Order(StringComparer.Ordinal).Last();
        var script = ViewScript.Write(await SnapshotViews.ReadAsync(Cancel));
        if (Environment.GetEnvironmentVariable("CINELEDGER_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, script, Cancel);
        }

        Assert.True(
            script == (await File.ReadAllTextAsync(path, Cancel)).ReplaceLineEndings("\n"), $"{Path.GetFileName(path)} differs from the definitions: run this test with CINELEDGER_WRITE_DOCS=1");
    }

    [Fact]
    public async Task The_parsed_schema_matches_the_schema_that_DuckDB_creates()
    {
        var folder = Directory.CreateTempSubdirectory("cineledger-tests-");
        await using (var ledger = await DuckDbLedger.OpenAsync(Path.Combine(folder.FullName, "ledger.duckdb"), Cancel))
        {
            var real = await ledger.Connection.QueryAsync(
                """
                SELECT table_name || '.' || column_name || ' ' || CASE data_type WHEN 'VARCHAR' THEN 'TEXT' ELSE REPLACE(data_type, ',', ', ') END || CASE is_nullable WHEN 'YES' THEN '?' ELSE '' END
                FROM information_schema.columns WHERE table_schema = CURRENT_SCHEMA() AND table_catalog = 'ledger' AND table_name IN (SELECT table_name FROM duckdb_tables())
                ORDER BY table_name, ordinal_position
                """,
                row => row.GetString(0),
                Cancel);
            Assert.Equal(
                real,
                (await LedgerSchema.ReadAsync(Cancel)).OrderBy(table => table.Name, StringComparer.Ordinal)
                    .SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name} {column.Type}{(column.IsNullable ? "?" : "")}")));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_views_have_the_columns_that_are_documented()
    {
        var folder = Directory.CreateTempSubdirectory("cineledger-tests-");
        await using (var ledger = await DuckDbLedger.OpenAsync(Path.Combine(folder.FullName, "ledger.duckdb"), Cancel))
        {
            var real = await ledger.Connection.QueryAsync(
                """
                SELECT table_name || '.' || column_name || ' ' || CASE data_type WHEN 'VARCHAR' THEN 'TEXT' ELSE REPLACE(data_type, ',', ', ') END
                FROM duckdb_columns() WHERE database_name = 'ledger' AND table_name IN (SELECT view_name FROM duckdb_views() WHERE NOT internal) ORDER BY table_name, column_index
                """,
                row => row.GetString(0),
                Cancel);
            Assert.Equal(
                real,
                (await SnapshotViews.ReadAsync(Cancel)).OrderBy(view => view.Name, StringComparer.Ordinal).SelectMany(view => view.Columns.Select(column => $"{view.Name}.{column.Name} {column.Type}")));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_table_and_every_column_says_what_it_means()
    {
        var tables = await LedgerSchema.ReadAsync(Cancel);
        Assert.Empty(tables.Where(table => table.Meaning.Length == 0).Select(table => table.Name));
        Assert.Empty(tables.SelectMany(table => table.Columns.Where(column => column.Meaning.Length == 0).Select(column => $"{table.Name}.{column.Name}")));
    }

    [Fact]
    public async Task Rows_of_a_movie_are_identified_by_a_key() =>
        Assert.Empty((await LedgerSchema.ReadAsync(Cancel))
            .Where(table => table.Key.Count == 0 && table.Columns.Count(column => column.Name is "since" or "movie_id") == 2).Select(table => table.Name));

    [Fact]
    public void Later_scripts_add_columns_and_one_line_tables()
    {
        var tables = new List<SchemaTable>();
        LedgerSchema.Read("-- One.\n-- Two.\nCREATE TABLE a (x INTEGER NOT NULL, y DECIMAL(18, 6)); -- why\n\n-- far\n\nCREATE TABLE b (\n    z TEXT -- zed\n);", tables);
        LedgerSchema.Read("ALTER TABLE b ADD COLUMN w BIGINT; -- late", tables);
        Assert.Equal(
            ["a: One. Two.: x INTEGER , y DECIMAL(18, 6)? why", "b: : z TEXT? zed, w BIGINT? late"],
            tables.Select(table => $"{table.Name}: {table.Meaning}: {string.Join(", ", table.Columns.Select(column => $"{column.Name} {column.Type}{(column.IsNullable ? "?" : "")} {column.Meaning}"))}"));
    }

    [Fact]
    public async Task The_list_has_every_table_and_view_with_its_columns()
    {
        using var list = await SchemaList.ReadAsync(Cancel);
        var rows = list.Rows.Cast<System.Data.DataRow>().Select(row => string.Join('|', row.ItemArray)).ToList();
        Assert.Contains("movie_company||table||The companies of one version of a movie.", rows);
        Assert.Contains("movie_company|company_id|INTEGER|key|the company", rows);
        Assert.Contains("movies|year|INTEGER?||its year, which may be known without the date", rows);
        Assert.Contains("movie_companies|company|TEXT||the most frequent spelling in the dataset of its first load, trimmed", rows);
    }
}
