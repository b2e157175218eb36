using System.CommandLine;
using CineLedger.Storage;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger init</c>: creates the ledger's tables and, on request, database roles.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var roles = new Option<bool>("--roles")
        {
            Description = "PostgreSQL: also create the roles cineledger_loader (may load), cineledger_reader (may read) and cineledger_sql (for users' SQL).",
        };
        var shards = new Option<int?>("--shards") { Description = "Citus: number of shards of the movie table, set when the table is created.", HelpName = "N" };
        shards.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var number) && number is >= 1 and <= 64_000))
            {
                result.AddError($"--shards: '{token.Value}' is not a number from 1 to 64000.");
            }
        });
        var command = new Command("init", "Create or upgrade the ledger's tables without loading anything.") { store, roles, shards };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = CommonOptions.GetStore(parsed, store);
            await using var ledger = await StoreEngine.Get(path).OpenAsync(path, wait: false, cancellationToken, parsed.GetValue(shards));
            await ledger.CreateIndexesAsync(cancellationToken);
            if (parsed.GetValue(roles))
            {
                // Creates the key table first, so that loaders can create keys without the right to create tables.
                await StoreEngine.Get(path).CreateKeyStore(path).PrepareAsync(cancellationToken);
                await ledger.CreateRolesAsync(cancellationToken);
            }

            await StandardError.Writer.WriteLineAsync(
                $"The ledger {StoreEngine.GetSafeName(path)} is ready{(parsed.GetValue(roles) ? "; grant cineledger_loader or cineledger_reader to its users" : "")}.");
            return 0;
        });
        command.AddExamples("init", "init --store new.duckdb", "init --store postgres://cineledger@db.example/cineledger --roles");
        return command;
    }
}
