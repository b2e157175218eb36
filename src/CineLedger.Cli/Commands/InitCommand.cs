using System.CommandLine;
using CineLedger.Storage;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger init</c>: the ledger's tables, and the roles of those who use them.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var roles = new Option<bool>("--roles")
        {
            Description = "In PostgreSQL: also make the roles cineledger_loader, who may load, and cineledger_reader, who may read.",
        };
        var shards = new Option<int?>("--shards") { Description = "On Citus: how many shards movies are distributed over, when their table is made.", HelpName = "N" };
        shards.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var number) && number is >= 1 and <= 64_000))
            {
                result.AddError($"--shards: '{token.Value}' is no number from 1 to 64000.");
            }
        });
        var command = new Command("init", "Make the ledger's tables, or bring them up to date, without loading anything.") { store, roles, shards };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = CommonOptions.GetStore(parsed, store);
            await using var ledger = await StoreEngine.Get(path).OpenAsync(path, wait: false, cancellationToken, parsed.GetValue(shards));
            await ledger.CreateIndexesAsync(cancellationToken);
            if (parsed.GetValue(roles))
            {
                // First, so that loaders may make keys, who may not make tables.
                await StoreEngine.Get(path).CreateKeyStore(path).PrepareAsync(cancellationToken);
                await ledger.CreateRolesAsync(cancellationToken);
            }

            await Console.Error.WriteLineAsync($"The ledger {StoreEngine.GetSafeName(path)} is ready{(parsed.GetValue(roles) ? "; grant cineledger_loader or cineledger_reader to who needs it" : "")}.");
            return 0;
        });
        return command;
    }
}
