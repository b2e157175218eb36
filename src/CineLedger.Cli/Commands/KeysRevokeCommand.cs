using System.CommandLine;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger keys revoke ID</c>: revokes a key.</summary>
internal static class KeysRevokeCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "ID of the key, as listed by cineledger keys list." };
        var store = CommonOptions.CreateStore();
        var command = new Command("revoke", "Revoke a key. It takes effect within seconds on every server of the ledger.") { id, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!await StoreEngine.Get(CommonOptions.GetStore(parsed, store)).CreateKeyStore(CommonOptions.GetStore(parsed, store))
                .RevokeAsync(parsed.GetValue(id)!, DateTime.UtcNow, cancellationToken))
            {
                throw new LedgerException($"no active key '{parsed.GetValue(id)}'; cineledger keys list shows all keys.");
            }

            await StandardError.Writer.WriteLineAsync($"Key {parsed.GetValue(id)} is revoked.");
            return 0;
        });
        command.AddExamples(
            "keys revoke 1f3a9c02",
            "keys revoke 1f3a9c02 --store movies.duckdb",
            "keys revoke 1f3a9c02 --store postgres://cineledger@db.example/cineledger");
        return command;
    }
}
