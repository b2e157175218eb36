using System.Net;
using System.Text.Json;
using CineLedger.Tests.SqlSandbox;

namespace CineLedger.Tests.Web;

/// <summary>Tests SQL over HTTP: its results, the statements it refuses, and that the served ledger stays unchanged.</summary>
public sealed class SqlOverHttpTests(OpenServer served, InProcessServer closed) : IClassFixture<OpenServer>, IClassFixture<InProcessServer>
{
    public static TheoryData<string> Hostile => [.. SqlStatements.Hostile.Concat(DuckDbSqlTests.HostileToDuckDb)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SQL_is_disabled_by_default()
    {
        using var posted = await PostAsync(closed, "SELECT 1", "application/sql");
        Assert.Equal(HttpStatusCode.Forbidden, posted.StatusCode);
        Assert.Contains("cineledger serve --allow-sql", await posted.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_runs_as_of_a_snapshot_in_any_format_and_is_not_cached()
    {
        const string sql = "SELECT movie_id, budget FROM movies WHERE movie_id = 4";
        Assert.Equal(["4|20000"], await RowsAsync(served, sql, "?snapshot=1"));
        Assert.Equal("movie_id,budget\r\n4,60000\r\n", await TextAsync(served, sql, "?format=csv"));
        using var response = await PostAsync(served, sql, "application/sql");
        Assert.Equal(["4|60000"], ServedLedger.Rows(JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement));
        Assert.True(response.Headers.CacheControl is { NoStore: true, Private: true } && response.Headers.ETag is null);
        Assert.Equal("2", response.Headers.GetValues("Ledger-Snapshot").Single());
    }

    [Fact]
    public async Task Rows_beyond_the_limit_are_left_out_and_the_answer_says_so()
    {
        var cut = JsonDocument.Parse(await TextAsync(served, "SELECT movie_id FROM movies ORDER BY 1", "?limit=2")).RootElement;
        Assert.Equal(["1", "2"], ServedLedger.Rows(cut));
        Assert.Contains("There are more than 2 rows", cut.GetProperty("meta").GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        using var refused = await PostAsync(served, "SELECT 1", "application/sql", "?limit=10001");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task A_statement_on_every_version_gets_a_note_about_the_view()
    {
        var all = JsonDocument.Parse(await TextAsync(served, "SELECT COUNT(*) FROM movie", "")).RootElement;
        Assert.EndsWith("the view movies shows one snapshot.", all.GetProperty("meta").GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        var one = JsonDocument.Parse(await TextAsync(served, "SELECT COUNT(*) FROM movies", "")).RootElement;
        Assert.False(one.GetProperty("meta").TryGetProperty("notes", out var notes) && notes.GetArrayLength() > 0);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Statements_that_write_are_refused_and_the_ledger_stays_unchanged(string sql)
    {
        using var response = await PostAsync(served, sql, "application/sql");
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{(int)response.StatusCode} {text}");
        Assert.DoesNotContain(served.Pool.Name, text, StringComparison.Ordinal);
        Assert.False(Path.Exists("stolen") || Path.Exists("stolen.csv") || Path.Exists("stolen.duckdb"));
        Assert.Equal(["10"], await RowsAsync(served, "SELECT COUNT(*) FROM movies"));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/sql; charset=iso-8859-1")]
    public async Task A_body_of_a_type_that_any_page_could_send_is_not_taken(string type)
    {
        using var response = await PostAsync(served, "SELECT 1", type);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task SQL_sees_new_loads_and_does_not_lock_the_served_file()
    {
        await using var fresh = new FreshOpenServer();
        await fresh.InitializeAsync();
        Assert.Equal(["10"], await RowsAsync(fresh, "SELECT COUNT(*) FROM movies"));
        await fresh.LoadAsync(ServedMovies.Third);
        Assert.Equal(["11"], await RowsAsync(fresh, "SELECT COUNT(*) FROM movies"));
        var neighbours = Directory.GetFiles(Path.GetDirectoryName(fresh.Pool.Name)!, "*.sqlcopy");
        Assert.Matches($@"\.{Environment.ProcessId}\.[0-9a-f]{{8}}\.3\.sqlcopy$", Assert.Single(neighbours));
        Assert.True(IsLocked(fresh.Pool.Name), "the served file is no longer locked, so another process could write to it");
    }

    [Fact]
    public async Task The_copy_is_deleted_when_the_server_stops_or_after_it_was_killed()
    {
        var fresh = new FreshOpenServer();
        await fresh.InitializeAsync();
        var folder = Path.GetDirectoryName(fresh.Pool.Name)!;
        var left = $"{fresh.Pool.Name}.{int.MaxValue}.1.sqlcopy";
        await File.WriteAllTextAsync(left, "of a process that was killed", Cancel);
        await RowsAsync(fresh, "SELECT 1");
        Assert.False(File.Exists(left));
        Assert.Single(Directory.GetFiles(folder, "*.sqlcopy"));
        await fresh.Pool.DisposeAsync();
        Assert.Empty(Directory.GetFiles(folder, "*.sqlcopy"));
        await fresh.DisposeAsync();
    }

    /// <summary>Returns whether a file is locked. Only Linux lists file locks; on other systems, this returns true.</summary>
    private static bool IsLocked(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var me = $" {Environment.ProcessId} ";
        return File.ReadAllLines("/proc/locks").Count(line => line.Contains(me, StringComparison.Ordinal) && line.Contains("WRITE", StringComparison.Ordinal)
            && line.Contains($":{ReadInode(path)} ", StringComparison.Ordinal)) == 1;
    }

    private static string ReadInode(string path)
    {
        using var stat = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("stat", ["-c", "%i", path]) { RedirectStandardOutput = true })!;
        return stat.StandardOutput.ReadToEnd().Trim();
    }

    private static async Task<string[]> RowsAsync(ServedLedger server, string sql, string query = "") =>
        ServedLedger.Rows(JsonDocument.Parse(await TextAsync(server, sql, query)).RootElement);

    private static async Task<string> TextAsync(ServedLedger server, string sql, string query)
    {
        using var response = await PostAsync(server, sql, "application/sql", query);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{sql}: {(int)response.StatusCode} {text}");
        return text;
    }

    private static async Task<HttpResponseMessage> PostAsync(ServedLedger server, string sql, string type, string query = "")
    {
        using var content = new StringContent(sql);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        return await server.Client.PostAsync($"/api/v1/sql{query}", content, Cancel);
    }

    private sealed class FreshOpenServer : InProcessServer
    {
        protected override CineLedger.Web.WebOptions Options => base.Options with { AllowsSql = true };
    }
}
