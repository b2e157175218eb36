using System.CommandLine;
using System.Data;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.Keys;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger keys list</c>: lists all keys with their properties, but not the secrets.</summary>
internal static class KeysListCommand
{
    private static readonly Column[] Columns =
    [
        new("key", ColumnKind.Text), new("name", ColumnKind.Text), new("administrator", ColumnKind.Boolean), new("created_at", ColumnKind.Time), new("revoked_at", ColumnKind.Time),
        new("scopes", ColumnKind.Text), new("expires_at", ColumnKind.Time), new("last_used_at", ColumnKind.Time),
    ];

    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var output = new OutputOptions();
        var command = new Command("list", "List all keys, including revoked ones, oldest first.") { store };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var table = CreateTable(
                await StoreEngine.Get(CommonOptions.GetStore(parsed, store)).CreateKeyStore(CommonOptions.GetStore(parsed, store)).ListAsync(cancellationToken));
            await using var rows = table.CreateDataReader();
            await output.WriteAsync(parsed, Columns, rows, new ResultInfo(null, null), cancellationToken);
            return 0;
        });
        command.AddExamples("keys list", "keys list --format json", "keys list --store movies.duckdb");
        return command;
    }

    private static DataTable CreateTable(IReadOnlyList<AccessKey> keys)
    {
        var table = new DataTable();
        foreach (var column in Columns)
        {
            table.Columns.Add(column.Name, column.Kind switch { ColumnKind.Boolean => typeof(bool), ColumnKind.Time => typeof(DateTime), _ => typeof(string) });
        }

        foreach (var key in keys)
        {
            table.Rows.Add(key.Id, key.Name, key.IsAdministrator, key.CreatedAt, key.RevokedAt, KeyScopeNames.Format(key.Scopes), key.ExpiresAt, key.LastUsedAt);
        }

        return table;
    }
}
