using System.Net;
using System.Net.Sockets;

namespace CineLedger.Sources.Http;

/// <summary>
/// Connections to the public internet alone: for addresses that strangers name, who must not reach through this machine into the network
/// that it stands in. The address is judged when the connection is made, since a name may mean another one by then.
/// </summary>
public static class PublicNetwork
{
    /// <summary>
    /// What is not the public internet: this host, private and link-local networks (with the metadata service of most clouds), carriers' NAT,
    /// documentation, benchmarks, multicast, what is reserved (IANA's special-purpose registries), and Azure's host, which has a public number.
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

    /// <summary>The part of IPv6 that is given out; whatever else there is serves other purposes.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>NAT64: the last four bytes are an address of IPv4.</summary>
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether an address is of the public internet, whichever way it is written: <c>::ffff:10.0.0.1</c> is not.</summary>
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

    /// <summary>All addresses of a host, of which none may be outside of the public internet. Throws <see cref="PrivateAddressException"/> or <see cref="SocketException"/>.</summary>
    public static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);

        // One that is not public is enough to refuse: whoever sets such a name up means something by it.
        return addresses.FirstOrDefault(address => !Contains(address)) is { } closed ? throw new PrivateAddressException(host, closed) : addresses;
    }

    /// <summary>A handler that connects to the public internet alone, by no proxy, which would do so in its place; or one without these bounds.</summary>
    /// <param name="publicOnly">Whether there are bounds.</param>
    public static SocketsHttpHandler CreateHandler(bool publicOnly) => publicOnly
        ? new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseProxy = false }
        : new SocketsHttpHandler();

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // To the very addresses that were looked at: the name is not asked for again.
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

/// <summary>A host that strangers name is not on the public internet.</summary>
public sealed class PrivateAddressException(string host, IPAddress address)
    : IOException(host == address.ToString() ? $"{host} is not an address of the public internet" : $"{host} is {address}, which is not an address of the public internet");
