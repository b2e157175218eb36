namespace CineLedger.Tests.Web;

/// <summary>Runs the suite in this process, with SQL enabled and an administrator's key.</summary>
public sealed class InProcessBadInputTests(OpenServer served) : BadInputSuite(served), IClassFixture<OpenServer>
{
    protected override string? Key => served.Key;

    [Fact]
    public async Task Every_endpoint_is_in_the_OpenAPI_document()
    {
        var documented = (await ApiOperation.ReadAsync(served)).Select(operation => operation.Path).ToHashSet();

        // The document describes tables once, with the parameter format; an extension stands for its value.
        var mapped = served.Endpoints.Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace(".{extension}", "", StringComparison.Ordinal))
            .Where(path => path.StartsWith("/api/", StringComparison.Ordinal));
        Assert.Subset(documented, mapped.ToHashSet());
    }
}
