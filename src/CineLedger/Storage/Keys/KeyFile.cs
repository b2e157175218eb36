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
    /// <summary>An older temporary file was left by a process that died, because writing one takes milliseconds.</summary>
    private static readonly TimeSpan MaxTemporaryFileAge = TimeSpan.FromSeconds(10);

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
        var temporaryPath = $"{_path}.new";
        var isMoved = false;
        var stream = await OpenTemporaryFileAsync(temporaryPath, cancellationToken).ConfigureAwait(false);
        try
        {
            await using (stream.ConfigureAwait(false))
            {
                var before = await ListAsync(cancellationToken).ConfigureAwait(false);
                var after = change(before);
                if (ReferenceEquals(before, after))
                {
                    return false;
                }

                await JsonSerializer.SerializeAsync(stream, new KeyList(after), KeyJson.Default.KeyList, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            FileTarget.CopyPermissions(_path, temporaryPath);
            File.Move(temporaryPath, _path, overwrite: true);
            isMoved = true;
            return true;
        }
        finally
        {
            // After the move, a file of that name belongs to another process.
            if (!isMoved)
            {
                File.Delete(temporaryPath);
            }
        }
    }

    /// <summary>Creates the temporary file. It is also a lock: concurrent changes run one after the other, so none is lost.</summary>
    private async Task<FileStream> OpenTemporaryFileAsync(string temporaryPath, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        while (true)
        {
            try
            {
                return new FileStream(temporaryPath, options);
            }
            catch (IOException error) when (IsAlreadyExists(error) || File.Exists(temporaryPath))
            {
                // The file may be gone by now.
                if (File.Exists(temporaryPath) && DateTime.UtcNow - File.GetLastWriteTimeUtc(temporaryPath) > MaxTemporaryFileAge)
                {
                    File.Delete(temporaryPath);
                }

                await Task.Delay(20, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new LedgerException($"the keys in {_path} cannot be written: {error.Message}", error);
            }
        }
    }

    /// <summary>Whether a file could not be created because it exists: EEXIST, or ERROR_FILE_EXISTS on Windows.</summary>
    private static bool IsAlreadyExists(IOException error) => error.HResult is 17 or unchecked((int)0x80070050);
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
