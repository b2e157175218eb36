using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CineLedger.Loading.Studios;
using CineLedger.Storage.Keys;
using CineLedger.Storage.Studios;

namespace CineLedger.Tests.Web;

/// <summary>Tests the studios over HTTP and replacing their list.</summary>
public sealed class StudioTests : IAsyncLifetime
{
    private const string Address = "/api/v1/studios/list";
    private const string Header = "studio,company,from,to,source\n";
    private const string List = Header + "Zoo,Bee,2001,,unsourced\nAcme,Ada,,,https://example.com/ada\nAcme,Cecil,,2000,unsourced\nindependent,Dora,,,unsourced\n";
    private readonly StudioServer _served = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task A_list_is_replaced_and_read_again()
    {
        Assert.Equal("3 True 4 3 2 3 0", await PutAsync(List));
        Assert.Equal(3, _served.Pool.Newest!.Id);
        Assert.Equal(["Acme|2|4|2000|2000|355000", "Zoo|1|1|2001|2001|10000"], await _served.RowsAsync("/api/v1/studios"));
        Assert.Equal(["Zoo|1|1|2001|2001|10000"], await _served.RowsAsync("/api/v1/studios?q=zO"));
        Assert.Equal(["Zoo|1|1|2001|2001|10000"], await _served.RowsAsync("/api/v1/studios?order=revenue&limit=1"));
        Assert.Equal(
            ["Acme|Ada|||https://example.com/ada", "Acme|Cecil||2000|unsourced", "Zoo|Bee|2001||unsourced", "independent|Dora|||unsourced"], await _served.RowsAsync(Address));
        Assert.DoesNotContain(await _served.RowsAsync("/api/v1/studios?snapshot=2"), row => row.StartsWith("Acme", StringComparison.Ordinal));
        var exported = await _served.TextAsync($"{Address}?format=csv");
        Assert.StartsWith("studio,company,from,to,source\r\nAcme,Ada,,,https://example.com/ada\r\n", exported, StringComparison.Ordinal);
        Assert.Equal("3 False 4 3 2 3 0", await PutAsync(exported));
        Assert.Equal(exported, await _served.TextAsync($"{Address}?format=csv"));
        Assert.Equal("4 True 0 0 0 0 0", await PutAsync(Header));
        Assert.Empty(await _served.RowsAsync("/api/v1/studios"));
    }

    [Fact]
    public async Task A_dry_run_reports_the_same_and_changes_nothing()
    {
        Assert.Equal("2 True 4 3 2 3 0", await PutAsync(List, "?dryRun=true"));
        Assert.Equal(2, _served.Pool.Newest!.Id);
        Assert.DoesNotContain("Acme", await _served.TextAsync("/api/v1/studios"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(Header + "Acme,Unknown,,,unsourced\n", "?dryRun=true")).Status);
    }

    [Fact]
    public async Task All_problems_of_a_list_are_in_the_response_and_nothing_is_changed()
    {
        var (status, problem) = await SendAsync(Header + "Acme,Ada,x,,unsourced\nAcme,Bee,,\nZoo,Cecil,,,unsourced\nAcme,Cecil,,,unsourced\n");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/problems/bad-studios"), (status, problem.GetProperty("type").GetString()));
        Assert.Equal(["line 2", "line 3", "line 5"], problem.GetProperty("problems").EnumerateArray().Select(text => text.GetString()!.Split(':')[0]));
        (status, problem) = await SendAsync(Header + "Acme,Adda,,,unsourced\nAcme,Ada,,,unsourced\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("line 2: 'Adda' is not a company of the ledger; did you mean 'Ada'?", problem.GetProperty("problems")[0].GetString());
        Assert.Equal(2, _served.Pool.Newest!.Id);
        Assert.Equal("3 True 2 2 1 1 1", await PutAsync(Header + "Acme,Adda,,,unsourced\nAcme,Ada,,,unsourced\n", "?allowUnknown=true"));
    }

    [Theory]
    [InlineData("", null, HttpStatusCode.BadRequest)]
    [InlineData("{}", "application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("<html></html>", "text/csv", HttpStatusCode.UnprocessableEntity)]
    public async Task A_body_that_is_no_list_is_refused(string body, string? type, HttpStatusCode expected) => Assert.Equal(expected, (await SendAsync(body, "", type)).Status);

    [Fact]
    public async Task A_body_that_is_too_large_is_refused() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(Header + new string('x', StudioFile.MaxBytes))).Status);

    [Fact]
    public async Task Only_an_administrator_can_replace_the_list_and_everyone_can_read_it()
    {
        foreach (var scopes in (KeyScopes?[])[null, .. StudioServer.Scopes])
        {
            using var client = _served.CreateClient(scopes);
            using var response = await client.PutAsync(Address, new StringContent(List, Encoding.UTF8, "text/csv"), Cancel);
            Assert.Equal(scopes is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Address, Cancel)).StatusCode);
        }

        Assert.Equal(2, _served.Pool.Newest!.Id);
    }

    [Fact]
    public async Task A_list_is_refused_while_a_load_is_running()
    {
        await using (await _served.Pool.OpenForLoadAsync(wait: false, Cancel))
        {
            Assert.Equal((HttpStatusCode.Conflict, "/problems/busy"), await SendAsync(List) is var (status, problem) ? (status, problem.GetProperty("type").GetString()) : default);
            Assert.Equal("2 True 4 3 2 3 0", await PutAsync(List, "?dryRun=true"));
        }

        Assert.Equal("3 True 4 3 2 3 0", await PutAsync(List));
    }

    [Fact]
    public async Task A_list_survives_a_load_by_the_server()
    {
        await PutAsync(List);
        await _served.LoadAsync(ServedMovies.Third);
        Assert.Equal(4, (await StudioRowsAsync()).Count);
        Assert.Equal(4, _served.Pool.Newest!.Id);
    }

    private async Task<IReadOnlyList<Model.StudioLine>> StudioRowsAsync()
    {
        await _served.Pool.RefreshAsync(null, Cancel);
        await using var reader = await _served.Pool.RentAsync(null, Cancel);
        return await StudioRows.ReadLinesAsync(reader.Connection, 4, Cancel);
    }

    /// <summary>Sends a list that must be accepted. Returns the values of the response, separated by spaces.</summary>
    private async Task<string> PutAsync(string list, string query = "")
    {
        var (status, body) = await SendAsync(list, query);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        return string.Join(' ', body.GetProperty("data").EnumerateObject().Select(field => field.Value.ToString()));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string list, string query = "", string? type = "text/csv")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(list));
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        using var response = await _served.Client.PutAsync($"{Address}{query}", content, Cancel);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement);
    }

    /// <summary>A server whose client is an administrator, with other keys that exist from the start.</summary>
    private sealed class StudioServer : InProcessServer
    {
        public static readonly KeyScopes?[] Scopes = [KeyScopes.Ordinary, KeyScopes.Load | KeyScopes.Push | KeyScopes.Read];

        private readonly Dictionary<KeyScopes, string> _keys = [];

        protected override bool IsAdministratorClient => true;

        public HttpClient CreateClient(KeyScopes? scopes)
        {
            var client = CreateClient();
            client.DefaultRequestHeaders.Authorization = scopes is { } given ? new("Bearer", _keys[given]) : null;
            return client;
        }

        protected override async Task CreateLedgerAsync()
        {
            await base.CreateLedgerAsync();
            foreach (var scopes in Scopes)
            {
                _keys[scopes!.Value] = (await CreateKeyAsync(scopes.Value)).Text;
            }
        }
    }
}
