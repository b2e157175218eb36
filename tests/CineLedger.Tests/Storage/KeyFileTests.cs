using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Keys;

namespace CineLedger.Tests.Storage;

/// <summary>Tests the key file beside a DuckDB ledger.</summary>
public sealed class KeyFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-keys-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Ledger => Path.Combine(_folder.FullName, "movies.duckdb");

    private string Keys => $"{Ledger}.keys";

    private KeyStore Store => StoreEngine.Get(Ledger).CreateKeyStore(Ledger);

    public KeyFileTests() => File.WriteAllText(Ledger, "held by a server");

    [Fact]
    public async Task A_key_is_256_random_bits_behind_a_prefix_and_only_its_hash_is_kept()
    {
        var (key, text) = AccessKey.Create("ann", KeyScopes.Ordinary, DateTime.UtcNow);
        await Store.AddAsync(key, Cancel);
        Assert.StartsWith("cineledger_", text, StringComparison.Ordinal);
        Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(text.AsSpan("cineledger_".Length)).Length);
        Assert.NotEqual(text, AccessKey.Create("ann", KeyScopes.Ordinary, DateTime.UtcNow).Text);
        var kept = await File.ReadAllTextAsync(Keys, Cancel);
        Assert.DoesNotContain(text["cineledger_".Length..], kept, StringComparison.Ordinal);
        Assert.Contains(AccessKey.ComputeHash(text), kept, StringComparison.Ordinal);
        Assert.Equal([key], await Store.ListAsync(Cancel));
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_file()
    {
        await AddAsync("ann");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Keys));
        }
    }

    [Fact]
    public async Task A_revoked_key_stays_on_the_list_and_is_revoked_once()
    {
        var ann = await AddAsync("ann");
        var bob = await AddAsync("bob");
        var now = DateTime.UtcNow;
        Assert.True(await Store.RevokeAsync(ann.Id, now, Cancel));
        Assert.False(await Store.RevokeAsync(ann.Id, now, Cancel));
        Assert.False(await Store.RevokeAsync("00000000", now, Cancel));
        Assert.Equal([ann with { RevokedAt = now }, bob], await Store.ListAsync(Cancel));
    }

    [Fact]
    public async Task Keys_created_concurrently_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => AddAsync($"number {i}"), Cancel)));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"number {i}").Order(), (await Store.ListAsync(Cancel)).Select(key => key.Name).Order());
        Assert.Equal(["movies.duckdb", "movies.duckdb.keys", "movies.duckdb.keys.lock"], _folder.GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public async Task A_dead_processs_draft_does_not_block_others()
    {
        await AddAsync("ann");
        await File.WriteAllTextAsync($"{Keys}.new", "{ \"ke", Cancel);
        await AddAsync("bob");
        Assert.Equal(["ann", "bob"], (await Store.ListAsync(Cancel)).Select(key => key.Name));
    }

    [Fact]
    public async Task A_broken_file_a_missing_ledger_and_a_nameless_key_are_one_line_errors()
    {
        Assert.Empty(await Store.ListAsync(Cancel));
        await File.WriteAllTextAsync(Keys, "{ \"ke", Cancel);
        Assert.Contains("movies.duckdb.keys cannot be read", (await Assert.ThrowsAsync<LedgerException>(() => Store.ListAsync(Cancel))).Message, StringComparison.Ordinal);
        File.Delete(Ledger);
        Assert.Contains("there is no ledger", (await Assert.ThrowsAsync<LedgerException>(() => AddAsync("ann"))).Message, StringComparison.Ordinal);
        foreach (var name in (string[])["", " ", "two\nlines", new string('x', 101)])
        {
            Assert.Throws<UsageException>(() => AccessKey.Create(name, KeyScopes.Ordinary, DateTime.UtcNow));
        }
    }

    [Fact]
    public async Task Scopes_expiry_and_last_use_are_kept()
    {
        var now = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var (key, _) = AccessKey.Create("ann", KeyScopes.Push | KeyScopes.Load, now, now.AddDays(90));
        await Store.AddAsync(key, Cancel);
        await Store.RecordUseAsync(key.Id, now.AddHours(1), Cancel);
        await Store.RecordUseAsync("00000000", now.AddHours(2), Cancel);
        var kept = Assert.Single(await Store.ListAsync(Cancel));
        Assert.Equal(key with { LastUsedAt = now.AddHours(1) }, kept);
        Assert.Equal((KeyScopes.Push | KeyScopes.Load, now.AddDays(90)), (kept.Scopes, kept.ExpiresAt));
        Assert.True(kept.IsValid(now) && !kept.IsValid(now.AddDays(90)));
        Assert.Throws<UsageException>(() => AccessKey.Create("ann", KeyScopes.Read, now, now));
    }

    [Fact]
    public async Task Keys_of_an_older_version_are_ordinary_or_permit_everything()
    {
        await File.WriteAllTextAsync(
            Keys,
            """
            { "keys": [
              { "id": "00000001", "name": "ann", "isAdministrator": true, "hash": "aa", "createdAt": "2024-05-01T06:00:00Z", "revokedAt": null },
              { "id": "00000002", "name": "bob", "isAdministrator": false, "hash": "bb", "createdAt": "2024-05-01T06:00:00Z", "revokedAt": "2024-06-01T06:00:00Z" } ] }
            """,
            Cancel);
        var keys = await Store.ListAsync(Cancel);
        Assert.Equal([KeyScopes.All, KeyScopes.Read | KeyScopes.Sql], keys.Select(key => key.Scopes));
        Assert.All(keys, key => Assert.True(key.ExpiresAt is null && key.LastUsedAt is null));
        Assert.Equal([true, false], keys.Select(key => key.IsValid(DateTime.UtcNow)));
    }

    [Fact]
    public void Scopes_are_named_as_in_the_option()
    {
        Assert.Equal(KeyScopes.Read | KeyScopes.Load, KeyScopeNames.Parse("load, read"));
        Assert.Equal("read sql push load admin", KeyScopeNames.Format(KeyScopes.All));
        Assert.Contains("read, sql, push, load, admin", Assert.Throws<UsageException>(() => KeyScopeNames.Parse("read,write")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<AccessKey> AddAsync(string name)
    {
        var (key, _) = AccessKey.Create(name, KeyScopes.Ordinary, DateTime.UtcNow);
        await Store.AddAsync(key, Cancel);
        return key;
    }
}
