using System.CommandLine;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger keys create|list|revoke</c>: manages the API keys of the ledger's servers.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var list = KeysListCommand.Create();
        var command = new Command("keys", "Manage the API keys of the ledger's servers; without a command, list them.")
        {
            KeysCreateCommand.Create(), list, KeysRevokeCommand.Create(),
        };
        command.RunByDefault(list);
        command.AddExamples("keys", "keys create ann", "keys revoke 1f3a9c02");
        return command;
    }
}
