using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Postgres;

public sealed class RoleTests(Datasets datasets)
{
    [Fact]
    public async Task A_loader_may_load_and_a_reader_may_only_read()
    {
        using var desk = new Desk();
        await using var server = await PostgresServer.StartNewAsync();
        var owner = await server.CreateDatabaseAsync();
        Assert.Contains("is ready; grant", (await desk.GoodAsync("init", "--roles", "--store", owner)).Error, StringComparison.Ordinal);
        await desk.GoodAsync("init", "--roles", "--store", owner);
        await server.ExecuteAsync("postgres", "CREATE ROLE lou LOGIN IN ROLE cineledger_loader; CREATE ROLE ria LOGIN IN ROLE cineledger_reader");

        await desk.GoodAsync("load", datasets.Films, "--store", owner.Replace("postgres@", "lou@", StringComparison.Ordinal));
        await desk.GoodAsync("load", datasets.Clean, "--allow-shrink", "--store", owner.Replace("postgres@", "lou@", StringComparison.Ordinal));
        var reader = owner.Replace("postgres@", "ria@", StringComparison.Ordinal);
        Assert.Equal(await desk.AnswersAsync(store: owner), await desk.AnswersAsync(store: reader));
        var line = Desk.OneLine(await desk.RunAsync("load", datasets.Films, "--store", reader), 1);
        Assert.Contains("permission denied", line, StringComparison.Ordinal);
        Assert.Contains("cineledger init --roles", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loader_makes_and_revokes_keys_the_first_one_too_and_a_reader_does_not()
    {
        using var desk = new Desk();
        await using var server = await PostgresServer.StartNewAsync();
        var owner = await server.CreateDatabaseAsync();
        await desk.GoodAsync("init", "--roles", "--store", owner);
        await server.ExecuteAsync("postgres", "CREATE ROLE lou LOGIN IN ROLE cineledger_loader; CREATE ROLE ria LOGIN IN ROLE cineledger_reader");
        var loader = owner.Replace("postgres@", "lou@", StringComparison.Ordinal);
        var reader = owner.Replace("postgres@", "ria@", StringComparison.Ordinal);

        await desk.GoodAsync("keys", "create", "ann", "--store", loader);
        var id = (await desk.GoodAsync("keys", "list", "--format", "csv", "--store", reader)).Output.Split('\n')[1].Split(',')[0];
        Assert.Contains("cineledger_loader", Desk.OneLine(await desk.RunAsync("keys", "create", "bob", "--store", reader), 1), StringComparison.Ordinal);
        Assert.Contains("cineledger_loader", Desk.OneLine(await desk.RunAsync("keys", "revoke", id, "--store", reader), 1), StringComparison.Ordinal);
        await desk.GoodAsync("keys", "revoke", id, "--store", loader);
    }

    [Fact]
    public async Task A_file_has_no_roles()
    {
        using var desk = new Desk();
        Assert.Contains("roles are PostgreSQL's", Desk.OneLine(await desk.RunAsync("init", "--roles"), 2), StringComparison.Ordinal);
    }
}
