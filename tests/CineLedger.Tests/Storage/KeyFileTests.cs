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
        var (key, text) = AccessKey.Create("ann", isAdministrator: false, DateTime.UtcNow);
        await Store.AddAsync(key, Cancel);
        Assert.StartsWith("cineledger_", text, StringComparison.Ordinal);
        Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(text.AsSpan("cineledger_".Length)).Length);
        Assert.NotEqual(text, AccessKey.Create("ann", isAdministrator: false, DateTime.UtcNow).Text);
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
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => AddAsync($"number {i}"), Cancel)));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"number {i}").Order(), (await Store.ListAsync(Cancel)).Select(key => key.Name).Order());
        Assert.Equal(["movies.duckdb", "movies.duckdb.keys"], _folder.GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public async Task A_dead_processs_draft_does_not_block_others()
    {
        await AddAsync("ann");
        await File.WriteAllTextAsync($"{Keys}.new", "{ \"ke", Cancel);
        File.SetLastWriteTimeUtc($"{Keys}.new", DateTime.UtcNow.AddMinutes(-1));
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
            Assert.Throws<UsageException>(() => AccessKey.Create(name, false, DateTime.UtcNow));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<AccessKey> AddAsync(string name)
    {
        var (key, _) = AccessKey.Create(name, isAdministrator: false, DateTime.UtcNow);
        await Store.AddAsync(key, Cancel);
        return key;
    }
}
