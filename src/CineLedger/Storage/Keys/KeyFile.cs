using System.Text.Json;
using System.Text.Json.Serialization;
using CineLedger.Files;
using CineLedger.Model;
using CineLedger.Storage.DuckDb;

namespace CineLedger.Storage.Keys;

/// <summary>
/// The keys of a DuckDB ledger, in the small file <c>STORE.keys</c> beside it, at first readable only by its owner. Changes replace the whole file, so that
/// concurrent readers see either the old or the new content.
/// </summary>
internal sealed class KeyFile(string ledger) : KeyStore
{
    private readonly string _path = FileTarget.ResolveLinks(GetPath(ledger));

    public static string GetPath(string ledger) => $"{ledger}.keys";

    public override async Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(_path, cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(bytes, KeyJson.Default.KeyList)?.Keys ?? throw new JsonException("it is empty");
        }
        catch (FileNotFoundException)
        {
            return [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new LedgerException($"the keys in {_path} cannot be read: {error.Message} Repair the file, or delete it and create new keys.", error);
        }
    }

    public override Task AddAsync(AccessKey key, CancellationToken cancellationToken)
    {
        if (!File.Exists(ledger))
        {
            throw new LedgerException(DuckDbErrors.DescribeMissing(ledger));
        }

        return ChangeAsync(keys => [.. keys, key], cancellationToken);
    }

    public override Task<bool> RevokeAsync(string id, DateTime now, CancellationToken cancellationToken) =>
        ChangeOneAsync(id, key => key with { RevokedAt = now }, cancellationToken);

    public override Task RecordUseAsync(string id, DateTime now, CancellationToken cancellationToken) =>
        ChangeOneAsync(id, key => key with { LastUsedAt = now }, cancellationToken);

    private Task<bool> ChangeOneAsync(string id, Func<AccessKey, AccessKey> change, CancellationToken cancellationToken) => ChangeAsync(
        keys => keys.Any(key => IsActive(key, id)) ? [.. keys.Select(key => IsActive(key, id) ? change(key) : key)] : keys, cancellationToken);

    private static bool IsActive(AccessKey key, string id) => key.Id == id && key.RevokedAt is null;

    /// <summary>Replaces the file if the change has any effect. Returns whether it had.</summary>
    private async Task<bool> ChangeAsync(Func<IReadOnlyList<AccessKey>, IReadOnlyList<AccessKey>> change, CancellationToken cancellationToken)
    {
        var changes = await LockAsync(cancellationToken).ConfigureAwait(false);
        await using (changes.ConfigureAwait(false))
        {
            var before = await ListAsync(cancellationToken).ConfigureAwait(false);
            var after = change(before);
            if (ReferenceEquals(before, after))
            {
                return false;
            }

            var temporaryPath = $"{_path}.new";
            var stream = new FileStream(temporaryPath, PrivateFiles.CreateOptions(FileMode.Create));
            await using (stream.ConfigureAwait(false))
            {
                await JsonSerializer.SerializeAsync(stream, new KeyList(after), KeyJson.Default.KeyList, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            FileTarget.CopyPermissions(_path, temporaryPath);
            File.Move(temporaryPath, _path, overwrite: true);
            return true;
        }
    }

    /// <summary>
    /// Waits until no other thread or process changes the keys, so that no change is lost. The lock is that of a file of its own, which stays: a lock on a file
    /// that is replaced or deleted would not exclude those who open its successor. The system releases it when a process dies.
    /// </summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream($"{_path}.lock", PrivateFiles.CreateOptions(FileMode.OpenOrCreate));
            }
            catch (IOException error) when (IsLocked(error))
            {
                await Task.Delay(20, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new LedgerException($"the keys in {_path} cannot be written: {error.Message}", error);
            }
        }
    }

    /// <summary>Whether a file could not be opened because another handle has it open: EWOULDBLOCK (Linux, macOS), or ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsLocked(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}

/// <summary>The content of a key file.</summary>
/// <param name="Keys">The keys, oldest first.</param>
internal sealed record KeyList(IReadOnlyList<AccessKey> Keys);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, Converters = [typeof(KeyScopesConverter)])]
[JsonSerializable(typeof(KeyList))]
internal sealed partial class KeyJson : JsonSerializerContext;

/// <summary>Writes scopes as their names: <c>"read sql"</c>.</summary>
internal sealed class KeyScopesConverter : JsonConverter<KeyScopes>
{
    public override KeyScopes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return KeyScopeNames.Parse(reader.GetString() ?? "");
        }
        catch (UsageException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    public override void Write(Utf8JsonWriter writer, KeyScopes value, JsonSerializerOptions options) => writer.WriteStringValue(KeyScopeNames.Format(value));
}
