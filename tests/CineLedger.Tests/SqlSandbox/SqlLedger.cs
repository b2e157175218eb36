using System.Text;
using CineLedger.Export;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.SqlSandbox;
using CineLedger.Storage;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.SqlSandbox;

/// <summary>Loads three movies into a ledger of any engine and runs SQL on them. The second snapshot renames one movie and removes another.</summary>
public static class SqlLedger
{
    public static async Task LoadAsync(Ledger ledger)
    {
        await LoadAsync(ledger, Movie(1, "Heat", "1995-12-15", "100001"), Movie(2, "Casino", "1995-11-22", ""), Movie(3, "Ikiru", "1952-10-09", "7000"));
        await LoadAsync(ledger, Movie(1, "Heat!", "1995-12-15", "100001"), Movie(2, "Casino", "1995-11-22", ""));
    }

    /// <summary>Runs a query and returns its result as CSV lines separated by semicolons, without the header.</summary>
    public static async Task<string> QueryAsync(Ledger ledger, string sql, SqlLimits? limits = null, int? snapshot = null)
    {
        var csv = await WriteAsync(ledger, sql, OutputFormat.Csv, limits, snapshot);
        return string.Join(';', Encoding.UTF8.GetString(csv).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1));
    }

    public static async Task<byte[]> WriteAsync(Ledger ledger, string sql, OutputFormat format, SqlLimits? limits = null, int? snapshot = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        var asOf = await SnapshotRows.FindAsync(ledger.Connection, snapshot, cancel);
        await using var result = await AdHocSql.OpenAsync(ledger, sql, asOf.Id, limits ?? SqlLimits.Default, cancel);
        using var output = new MemoryStream();
        await using (var writer = OutputFormatInfo.Get(format).CreateWriter(output))
        {
            await writer.WriteResultAsync(result.Columns, result.Rows, new ResultInfo(asOf, null), cancel);
        }

        Assert.Equal(limits is { MaxRows: 2 }, result.IsTruncated);
        return output.ToArray();
    }

    /// <summary>Returns the one-line error for a refused statement.</summary>
    public static async Task<string> RefusalAsync(Ledger ledger, string sql, SqlLimits? limits = null, int exitCode = 2)
    {
        var error = await Assert.ThrowsAnyAsync<LedgerException>(() => QueryAsync(ledger, sql, limits));
        Assert.Equal(exitCode, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    /// <summary>Returns the content of all tables.</summary>
    public static async Task<string> ContentAsync(Ledger ledger)
    {
        var cancel = TestContext.Current.CancellationToken;
        var tables = await LedgerSchema.ReadAsync(cancel);
        var all = new StringBuilder();
        foreach (var table in tables)
        {
            var rows = await ledger.Connection.QueryAsync(
                $"SELECT * FROM {table.Name}", row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue)), cancel);
            all.AppendJoin('\n', [table.Name, .. rows.Order(StringComparer.Ordinal), ""]);
        }

        return all.ToString();
    }

    private static async Task LoadAsync(Ledger ledger, params MovieRow[] movies) =>
        await Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text(movies)), Accept.Anything, null, TestContext.Current.CancellationToken);

    private static MovieRow Movie(int id, string title, string day, string budget) => Bare(
        id, ("title", title), ("release_date", day), ("budget", budget), ("production_companies", $"[{{'name': '{title} Movies', 'id': {id}}}, {{'name': 'Both', 'id': 9}}]"));
}
