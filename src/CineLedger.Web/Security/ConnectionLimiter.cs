using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CineLedger.Web.Security;

/// <summary>
/// Closes the connections of an address beyond a limit, so that it cannot use up all connections of the server. It sees the address of the other end: behind
/// a proxy, that is the proxy's.
/// </summary>
internal static class ConnectionLimiter
{
    /// <param name="endpoint">An address that the server listens on.</param>
    /// <param name="counter">The connections of all addresses that the server listens on.</param>
    /// <param name="max">The connections per address; 0 for no limit.</param>
    public static void Use(ListenOptions endpoint, CallerCounter counter, int max)
    {
        if (max == 0)
        {
            return;
        }

        endpoint.Use(next => async connection =>
        {
            var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
            using var counted = address is null ? null : counter.TryEnter(CallerPartition.GetNetwork(address), max);
            if (address is null || counted is not null)
            {
                await next(connection);
            }
            else
            {
                connection.Abort();
            }
        });
    }
}
