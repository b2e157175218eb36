using System.CommandLine;
using CineLedger.Storage;
using CineLedger.Storage.Keys;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger keys create NAME</c>: creates a key and prints it once.</summary>
internal static class KeysCreateCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The owner or purpose of the key." };
        var administrator = new Option<bool>("--administrator") { Description = "Also allow changes: loads, webhooks." };
        var store = CommonOptions.CreateStore();
        var command = new Command("create", "Create a key. It is printed once; only its hash is stored.") { name, administrator, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (key, text) = AccessKey.Create(parsed.GetValue(name)!, parsed.GetValue(administrator), DateTime.UtcNow);
            await StoreEngine.Get(CommonOptions.GetStore(parsed, store)).CreateKeyStore(CommonOptions.GetStore(parsed, store)).AddAsync(key, cancellationToken);
            await StandardError.Writer.WriteLineAsync($"Key {key.Id} for {key.Name}, {(key.IsAdministrator ? "an administrator" : "read-only")}. Save it now: it is not shown again.");
            await Console.Out.WriteLineAsync(text);
            return 0;
        });
        return command;
    }
}
