using System.CommandLine;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger keys revoke ID</c>: makes a key good for nothing.</summary>
internal static class KeysRevokeCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "As cineledger keys list shows it." };
        var store = CommonOptions.CreateStore();
        var command = new Command("revoke", "Make a key good for nothing, within seconds, on every server of the ledger.") { id, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!await StoreEngine.Get(CommonOptions.GetStore(parsed, store)).CreateKeyStore(CommonOptions.GetStore(parsed, store)).RevokeAsync(parsed.GetValue(id)!, DateTime.UtcNow, cancellationToken))
            {
                throw new LedgerException($"there is no key '{parsed.GetValue(id)}' that is still good: cineledger keys list shows all.");
            }

            await Console.Error.WriteLineAsync($"Key {parsed.GetValue(id)} is revoked.");
            return 0;
        });
        return command;
    }
}
