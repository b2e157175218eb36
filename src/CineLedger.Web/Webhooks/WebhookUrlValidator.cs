using System.Net.Sockets;
using CineLedger.Sources.Http;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Webhooks;

/// <summary>Whether messages may be sent somewhere: looked at when it is registered, so that a mistake is told, and again at each connection.</summary>
internal static class WebhookUrlValidator
{
    private const int MaxUrlLength = 2_000;

    /// <summary>The address as it is kept. Throws a <see cref="ProblemException"/> where it may not be.</summary>
    public static async Task<string> CheckAsync(string url, bool allowPrivate, CancellationToken cancellationToken)
    {
        if (url.Length > MaxUrlLength || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            throw CreateRefusal($"it is no http(s) address of at most {MaxUrlLength} letters.");
        }

        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            throw CreateRefusal("it may hold neither user nor password nor fragment: messages are signed, and a path may hold a token.");
        }

        if (!allowPrivate)
        {
            try
            {
                await PublicNetwork.ResolveAsync(uri.IdnHost.Trim('[', ']'), cancellationToken);
            }
            catch (PrivateAddressException closed)
            {
                throw CreateRefusal($"{closed.Message}.");
            }
            catch (SocketException)
            {
                throw CreateRefusal($"the host {uri.Host} is unknown.");
            }
        }

        return uri.AbsoluteUri;
    }

    /// <summary>For the log: a path or a query may hold a token.</summary>
    public static string Redact(string url) => new Uri(url).GetLeftPart(UriPartial.Authority);

    private static ProblemException CreateRefusal(string reason) => Problems.InvalidParameter("url", reason);
}
