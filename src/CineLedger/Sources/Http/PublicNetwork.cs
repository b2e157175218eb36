using System.Net;
using System.Net.Sockets;

namespace CineLedger.Sources.Http;

/// <summary>
/// Restricts connections to the public internet, for addresses from untrusted callers, who must not use this machine to reach its internal network. The IP
/// address is checked when the connection is made, since a host name can resolve to another address by then.
/// </summary>
public static class PublicNetwork
{
    /// <summary>
    /// Networks that are not public: this host, private and link-local networks (with the metadata service of most clouds), carrier-grade NAT,
    /// documentation, benchmarks, multicast, reserved ranges (IANA's special-purpose registries), and Azure's host, which has a public address.
    /// </summary>
    private static readonly IPNetwork[] NonPublicNetworks =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>The allocated part of IPv6 for public addresses. All other ranges serve other purposes.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>NAT64: the last four bytes are an IPv4 address.</summary>
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Returns true if an address is public. Mapped addresses are resolved first, so <c>::ffff:10.0.0.1</c> is not public.</summary>
    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Contains(address.MapToIPv4());
        }

        if (Translated.Contains(address))
        {
            return Contains(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        }

        return (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address)) && !NonPublicNetworks.Any(network => network.Contains(address));
    }

    /// <summary>
    /// Returns all addresses of a host. Throws <see cref="PrivateAddressException"/> if any of them is not public, or <see cref="SocketException"/>.
    /// </summary>
    public static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);

        // A single non-public address is enough to refuse, since such a host name is likely set up on purpose.
        return addresses.FirstOrDefault(address => !Contains(address)) is { } closed ? throw new PrivateAddressException(host, closed) : addresses;
    }

    /// <summary>Creates an HTTP handler.</summary>
    /// <param name="publicOnly">True to connect only to public addresses. No proxy is used then, since it would bypass the check.</param>
    public static SocketsHttpHandler CreateHandler(bool publicOnly) => publicOnly
        ? new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseProxy = false }
        : new SocketsHttpHandler();

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // Connect to the checked addresses; the name is not resolved again.
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host given by an untrusted caller is not on the public internet.</summary>
public sealed class PrivateAddressException(string host, IPAddress address)
    : IOException(host == address.ToString() ? $"{host} is not an address of the public internet" : $"{host} is {address}, which is not an address of the public internet");
