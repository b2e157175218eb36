using System.CommandLine;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Keys;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger keys create NAME</c>: creates a key and prints it once.</summary>
internal static class KeysCreateCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The owner or purpose of the key." };
        var scope = new Option<string[]>("--scope")
        {
            Description = $"What the key permits: {string.Join(", ", KeyScopeNames.Known.Select(known => known.Name))}; repeatable, or separated by commas. Default: read,sql.",
            HelpName = "SCOPE",
            DefaultValueFactory = _ => [],
        };
        var administrator = new Option<bool>("--administrator") { Description = "Permit everything: short for all scopes." };
        var expires = new Option<string?>("--expires")
        {
            Description = "When the key expires: after a number of days (90d), or at the start of a day in UTC (2027-01-31).",
            HelpName = "TIME",
        };
        var store = CommonOptions.CreateStore();
        var command = new Command("create", "Create a key. It is printed once; only its hash is stored.") { name, scope, administrator, expires, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var now = DateTime.UtcNow;
            var scopes = parsed.GetValue(administrator) ? KeyScopes.All : KeyScopeNames.Parse(string.Join(',', parsed.GetValue(scope)!));
            var (key, text) = AccessKey.Create(
                parsed.GetValue(name)!,
                scopes == KeyScopes.None ? KeyScopes.Ordinary : scopes,
                now,
                parsed.GetValue(expires) is { } time ? ParseExpiry(expires.Name, time, now) : null);
            await StoreEngine.Get(CommonOptions.GetStore(parsed, store)).CreateKeyStore(CommonOptions.GetStore(parsed, store)).AddAsync(key, cancellationToken);
            var expiry = key.ExpiresAt is { } end ? string.Create(CultureInfo.InvariantCulture, $", until {end:yyyy-MM-dd HH:mm} UTC") : "";
            await StandardError.Writer.WriteLineAsync($"Key {key.Id} for {key.Name} ({KeyScopeNames.Format(key.Scopes)}){expiry}. Save it now: it is not shown again.");
            await Console.Out.WriteLineAsync(text);
            return 0;
        });
        command.AddExamples("keys create ann", "keys create importer --scope push,load --expires 90d", "keys create ann --administrator");
        return command;
    }

    private static DateTime ParseExpiry(string option, string text, DateTime now)
    {
        const int maxDays = 36_500;
        if (text.EndsWith('d') && int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= maxDays)
        {
            return now.AddDays(days);
        }

        return DateTime.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : throw new UsageException($"{option}: '{text}' is not a time; use a number of days such as 90d, or a date such as 2027-01-31.");
    }
}
