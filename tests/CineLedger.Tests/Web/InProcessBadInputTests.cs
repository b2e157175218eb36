namespace CineLedger.Tests.Web;

/// <summary>In this process, with SQL turned on and an administrator's key.</summary>
public sealed class InProcessBadInputTests(OpenServer served) : BadInputSuite(served), IClassFixture<OpenServer>
{
    protected override string? Key => served.Key;

    [Fact]
    public async Task All_that_is_served_is_in_the_document_and_so_is_swept()
    {
        var documented = (await ApiOperation.ReadAsync(served)).Select(operation => operation.Path).ToHashSet();
        var mapped = served.Endpoints.Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/')).Where(path => path.StartsWith("/api/", StringComparison.Ordinal));
        Assert.Subset(documented, mapped.ToHashSet());
    }
}
