using System.Text.Json;
using System.Text.Json.Serialization;
using CineLedger.Files;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// The server that has a DuckDB file open for writing, as recorded in <c>STORE.server</c> beside it. Commands of the same user find the server there and hand it the
/// changes that they cannot make themselves. The file is readable only by its owner, because it contains a secret.
/// </summary>
/// <param name="Address">The address of the server for other processes on the machine: <c>http://localhost:5080</c>; null while <c>up</c> loads, before it serves.</param>
/// <param name="Secret">What a command sends to show that it could read the file.</param>
/// <param name="ProcessId">The ID of the server's process.</param>
/// <param name="Machine">The machine, or container, of the server.</param>
public sealed record ServerFile(string? Address, string Secret, int ProcessId, string Machine)
{
    /// <summary>Whether the process runs on this machine, as far as its ID shows it. A killed server leaves its file behind.</summary>
    [JsonIgnore]
    public bool IsHere => Machine == Environment.MachineName && TemporaryPaths.IsRunning(ProcessId);

    /// <summary>Whether another process loads the ledger and will then serve it.</summary>
    [JsonIgnore]
    public bool IsStarting => Address is null && ProcessId != Environment.ProcessId && IsHere;

    public static string GetPath(string ledger) => $"{FileTarget.ResolveLinks(ledger)}.server";

    /// <summary>Creates the record of a process that will serve a ledger after loading it.</summary>
    public static ServerFile CreateStarting() => new(null, "", Environment.ProcessId, Environment.MachineName);

    /// <summary>Reads the file of a ledger. Returns null if there is none, or if it cannot be read.</summary>
    public static ServerFile? Read(string ledger)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(GetPath(ledger)), ServerFileJson.Default.ServerFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file of a ledger, if its folder exists and can be written. Without the file, commands do not find the server.</summary>
    public void Write(string ledger)
    {
        var path = GetPath(ledger);
        var temporaryPath = TemporaryPaths.GetBeside(path, "new");
        try
        {
            using (var stream = new FileStream(temporaryPath, PrivateFiles.CreateOptions(FileMode.Create)))
            {
                JsonSerializer.Serialize(stream, this, ServerFileJson.Default.ServerFile);
            }

            File.Move(temporaryPath, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Leftover.Delete(temporaryPath);
        }
    }

    /// <summary>Deletes the file of a ledger, unless another server has replaced it.</summary>
    public void Delete(string ledger)
    {
        if (Read(ledger) == this)
        {
            Leftover.Delete(GetPath(ledger));
        }
    }

    /// <summary>Returns the text of the record without the secret.</summary>
    public override string ToString() => FormattableString.Invariant($"{Address ?? "no address yet"} (process {ProcessId} on {Machine})");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ServerFile))]
internal sealed partial class ServerFileJson : JsonSerializerContext;
