using System.CommandLine;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger keys create|list|revoke</c>: who may ask a server of the ledger from other machines, and who may change things.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Keys to a server of the ledger.")
    {
        KeysCreateCommand.Create(), KeysListCommand.Create(), KeysRevokeCommand.Create(),
    };
}
