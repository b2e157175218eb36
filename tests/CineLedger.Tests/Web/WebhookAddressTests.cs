using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CineLedger.Tests.Web;

/// <summary>Tests which addresses a webhook can have.</summary>
public sealed class WebhookAddressTests(AdministeredServer served) : IClassFixture<AdministeredServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://127.0.0.1:5080/hook")]
    [InlineData("http://localhost/hook")]
    [InlineData("http://2130706433/hook")]
    [InlineData("http://10.0.0.1/hook")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[::1]/hook")]
    [InlineData("http://[::ffff:10.0.0.1]/hook")]
    [InlineData("http://[fd00::1]/hook")]
    [InlineData("http://0.0.0.0/hook")]
    [InlineData("http://224.0.0.1/hook")]
    [InlineData("ftp://8.8.8.8/hook")]
    [InlineData("https://user:password@8.8.8.8/hook")]
    [InlineData("/hook")]
    [InlineData("")]
    public async Task An_address_that_is_not_on_the_public_internet_cannot_be_registered(string url)
    {
        using var response = await served.Client.PostAsJsonAsync("/api/v1/webhooks", new { url }, Cancel);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal((HttpStatusCode.BadRequest, "url"), (response.StatusCode, problem.GetProperty("parameter").GetString()));
    }

    [Theory]
    [InlineData("http://8.8.8.8/hook", true)]
    [InlineData("HTTP://8.8.8.8/hook", true)]
    [InlineData("https://8.8.8.8/hook", false)]
    public async Task A_webhook_without_encryption_is_registered_with_a_warning(string url, bool warns)
    {
        using var response = await served.Client.PostAsJsonAsync("/api/v1/webhooks", new { url }, Cancel);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var data = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("data");
        Assert.Equal(warns, data.TryGetProperty("warning", out var warning) && warning.GetString()!.Contains("not encrypted", StringComparison.Ordinal));
    }
}
