using System.Text;
using CineLedger.Web.Dashboard.Assets;
using CineLedger.Web.Dashboard.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Dashboard;

/// <summary>Renders a page as HTML. All data has been read before, so rendering never waits.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public const string ContentType = "text/html; charset=utf-8";

    /// <summary>
    /// The content security policy: scripts and styles only from files of this server, besides the one script that sets the theme, and requests only to this server.
    /// </summary>
    public static readonly string Policy = CreatePolicy(["'none'"]);

    /// <summary>Creates the policy for pages that these origins may embed.</summary>
    public static string CreatePolicy(IEnumerable<string> frameAncestors) =>
        $"default-src 'none'; script-src 'self' {AssetStore.ThemeScriptHash}; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
        + $"form-action 'self'; base-uri 'none'; frame-ancestors {string.Join(' ', frameAncestors)}";

    public Task<byte[]> RenderAsync(PageView view) => RenderAsync<Document>(nameof(Document.View), view);

    /// <summary>Renders a component that is a whole document and has one parameter.</summary>
    public async Task<byte[]> RenderAsync<TDocument>(string parameter, object value)
        where TDocument : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<TDocument>(ParameterView.FromDictionary(new Dictionary<string, object?> { [parameter] = value }));
            using var text = new StringWriter(new StringBuilder(64 << 10), System.Globalization.CultureInfo.InvariantCulture);
            root.WriteHtmlTo(text);
            return Encoding.UTF8.GetBytes(text.ToString());
        });
    }
}
