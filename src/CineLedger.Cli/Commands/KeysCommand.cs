using System.CommandLine;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger keys create|list|revoke</c>: manages the API keys of the ledger's servers.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Manage the API keys of the ledger's servers.")
    {
        KeysCreateCommand.Create(), KeysListCommand.Create(), KeysRevokeCommand.Create(),
    };
}
