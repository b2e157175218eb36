using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Postgres;

public sealed class RoleTests(Datasets datasets)
{
    [Fact]
    public async Task A_loader_can_load_and_a_reader_can_only_read()
    {
        using var workspace = new Workspace();
        await using var server = await PostgresServer.StartNewAsync();
        var owner = await server.CreateDatabaseAsync();
        Assert.Contains("is ready; grant", (await workspace.RunSuccessfullyAsync("init", "--roles", "--store", owner)).Error, StringComparison.Ordinal);
        await workspace.RunSuccessfullyAsync("init", "--roles", "--store", owner);
        await server.ExecuteAsync("postgres", "CREATE ROLE lou LOGIN IN ROLE cineledger_loader; CREATE ROLE ria LOGIN IN ROLE cineledger_reader");

        await workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", owner.Replace("postgres@", "lou@", StringComparison.Ordinal));
        await workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", owner.Replace("postgres@", "lou@", StringComparison.Ordinal));
        var reader = owner.Replace("postgres@", "ria@", StringComparison.Ordinal);
        Assert.Equal(await workspace.ReadAnswersAsync(store: owner), await workspace.ReadAnswersAsync(store: reader));
        var line = Workspace.OneLine(await workspace.RunAsync("load", datasets.Movies, "--store", reader), 1);
        Assert.Contains("permission denied", line, StringComparison.Ordinal);
        Assert.Contains("cineledger init --roles", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loader_can_create_and_revoke_keys_and_a_reader_cannot()
    {
        using var workspace = new Workspace();
        await using var server = await PostgresServer.StartNewAsync();
        var owner = await server.CreateDatabaseAsync();
        await workspace.RunSuccessfullyAsync("init", "--roles", "--store", owner);
        await server.ExecuteAsync("postgres", "CREATE ROLE lou LOGIN IN ROLE cineledger_loader; CREATE ROLE ria LOGIN IN ROLE cineledger_reader");
        var loader = owner.Replace("postgres@", "lou@", StringComparison.Ordinal);
        var reader = owner.Replace("postgres@", "ria@", StringComparison.Ordinal);

        await workspace.RunSuccessfullyAsync("keys", "create", "ann", "--store", loader);
        var id = (await workspace.RunSuccessfullyAsync("keys", "list", "--format", "csv", "--store", reader)).Output.Split('\n')[1].Split(',')[0];
        Assert.Contains("cineledger_loader", Workspace.OneLine(await workspace.RunAsync("keys", "create", "bob", "--store", reader), 1), StringComparison.Ordinal);
        Assert.Contains("cineledger_loader", Workspace.OneLine(await workspace.RunAsync("keys", "revoke", id, "--store", reader), 1), StringComparison.Ordinal);
        await workspace.RunSuccessfullyAsync("keys", "revoke", id, "--store", loader);
    }

    [Fact]
    public async Task A_file_has_no_roles()
    {
        using var workspace = new Workspace();
        Assert.Contains("only PostgreSQL has roles", Workspace.OneLine(await workspace.RunAsync("init", "--roles"), 2), StringComparison.Ordinal);
    }
}
