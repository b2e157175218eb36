using System.Buffers.Binary;
using System.Net;
using System.Xml.Linq;

namespace CineLedger.Tests.Web;

/// <summary>Tests queries as images over HTTP.</summary>
public sealed class ChartApiTests(InProcessServer served) : IClassFixture<InProcessServer>
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_has_title_unit_source_snapshot_and_coverage()
    {
        using var response = await served.SendAsync("/api/v1/chart.svg?by=year&measure=revenue,budget&snapshot=1");
        Assert.Equal(("image/svg+xml", (string?)null), (response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentDisposition?.ToString()));
        var texts = Texts(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(["Revenue and budget by year", "US dollars"], texts.Take(2));
        Assert.Contains(texts, text => text.StartsWith("CineLedger snapshot 1", StringComparison.Ordinal));
        Assert.Contains("Revenue", texts);
        Assert.Contains("Budget", texts);
        using var again = await served.SendAsync("/api/v1/chart.svg?by=year&measure=revenue,budget&snapshot=1", ("If-None-Match", response.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("text/html")]
    public async Task An_image_ignores_which_formats_of_tables_the_client_accepts(string accept)
    {
        using var response = await served.SendAsync("/api/v1/chart.png?by=year&measure=revenue", ("Accept", accept));
        Assert.Equal((HttpStatusCode.OK, "image/png"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task An_image_is_16_to_9_and_has_the_requested_size()
    {
        using var response = await served.SendAsync("/api/v1/chart.png?by=genre&measure=releases");
        Assert.Equal("image/png", response.Content.Headers.ContentType?.ToString());
        Assert.Equal((1280, 720), Size(await response.Content.ReadAsByteArrayAsync(Cancel)));
        using var small = await served.SendAsync("/api/v1/chart.png?by=genre&measure=releases&width=640&height=480");
        Assert.Equal((640, 480), Size(await small.Content.ReadAsByteArrayAsync(Cancel)));
    }

    [Fact]
    public async Task Filters_and_the_reading_of_names_are_stated()
    {
        var texts = Texts(await served.TextAsync("/api/v1/chart.svg?by=year&measure=releases&where=company=Dor&title=Films+%3Cb%3E&theme=dark&from=1990"));
        Assert.Equal("Films <b>", texts[0]);
        Assert.Contains(texts, text => text.Contains("year>=1990", StringComparison.Ordinal) && text.Contains("was read as 'Dora'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("by=year&measure=revenue&width=100", HttpStatusCode.BadRequest, "width")]
    [InlineData("by=year&measure=revenue&height=100000", HttpStatusCode.BadRequest, "height")]
    [InlineData("by=year&measure=revenue&kind=pie", HttpStatusCode.BadRequest, "kind")]
    [InlineData("by=genre&measure=revenue&kind=line", HttpStatusCode.BadRequest, "kind")]
    [InlineData("by=year&measure=revenue&order=revenue", HttpStatusCode.BadRequest, "order")]
    [InlineData("by=year", HttpStatusCode.BadRequest, "measure")]
    [InlineData("by=year&measure=revenue&where=year=1700", HttpStatusCode.BadRequest, "where")]
    public async Task A_request_that_cannot_be_drawn_is_refused(string query, HttpStatusCode status, string parameter)
    {
        var (actual, problem) = await served.ProblemAsync($"/api/v1/chart.svg?{query}");
        Assert.Equal((status, parameter), (actual, problem.GetProperty("parameter").GetString()));
    }

    [Fact]
    public async Task A_result_without_rows_is_not_found()
    {
        var (status, problem) = await served.ProblemAsync("/api/v1/chart.svg?by=year&measure=revenue&where=revenue%3E=900B");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("nothing to draw", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static List<string> Texts(string svg) => [.. XDocument.Parse(svg).Descendants(Svg + "text").Select(text => text.Value)];

    private static (int Width, int Height) Size(byte[] png) => (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
}
