using System.CommandLine;
using CineLedger.Storage;
using CineLedger.Storage.Keys;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger keys create NAME</c>: makes a key and prints it, this once.</summary>
internal static class KeysCreateCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Whose it is, or what for." };
        var administrator = new Option<bool>("--administrator") { Description = "May change things, too: loads, webhooks." };
        var store = CommonOptions.CreateStore();
        var command = new Command("create", "Make a key. It is printed once and kept nowhere: only its hash is.") { name, administrator, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (key, text) = AccessKey.Create(parsed.GetValue(name)!, parsed.GetValue(administrator), DateTime.UtcNow);
            await StoreEngine.Get(CommonOptions.GetStore(parsed, store)).CreateKeyStore(CommonOptions.GetStore(parsed, store)).AddAsync(key, cancellationToken);
            await Console.Error.WriteLineAsync($"Key {key.Id} for {key.Name}, {(key.IsAdministrator ? "an administrator" : "to read")}. Keep it now: it is not shown again.");
            await Console.Out.WriteLineAsync(text);
            return 0;
        });
        return command;
    }
}
