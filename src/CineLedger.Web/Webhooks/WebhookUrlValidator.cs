using System.Net.Sockets;
using CineLedger.Sources.Http;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Webhooks;

/// <summary>Checks an address when it is registered, so that a mistake is reported at once. Its network is checked again at each connection.</summary>
internal static class WebhookUrlValidator
{
    private const int MaxUrlLength = 2_000;

    /// <summary>Returns the address in the form to be stored. Throws a <see cref="ProblemException"/> when it is not allowed.</summary>
    public static async Task<string> CheckAsync(string url, bool allowPrivate, CancellationToken cancellationToken)
    {
        if (url.Length > MaxUrlLength || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            throw CreateRefusal($"the address must use http(s) and have at most {MaxUrlLength} characters.");
        }

        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            throw CreateRefusal("the address must not contain a user, password or fragment: messages are signed, and the path may contain a token.");
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

    /// <summary>Returns the address without path and query, which may contain a token, for the log.</summary>
    public static string Redact(string url) => new Uri(url).GetLeftPart(UriPartial.Authority);

    private static ProblemException CreateRefusal(string reason) => Problems.InvalidParameter("url", reason);
}
