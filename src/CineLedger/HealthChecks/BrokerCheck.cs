using System.Globalization;
using System.Net.Sockets;

namespace CineLedger.HealthChecks;

/// <summary>Checks whether a Kafka broker can be reached.</summary>
internal static class BrokerCheck
{
    private const int DefaultPort = 9092;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <param name="broker">The broker as <c>host:port</c>.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<CheckResult> RunAsync(string broker, CancellationToken cancellationToken)
    {
        var colon = broker.LastIndexOf(':');
        var (host, port) = colon > 0 && int.TryParse(broker[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? (broker[..colon], given)
            : (broker, DefaultPort);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Timeout);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, patience.Token).ConfigureAwait(false);
            return CheckResult.Healthy("broker", $"{broker} accepts connections");
        }
        catch (Exception error) when (error is SocketException or ArgumentException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var reason = error is OperationCanceledException ? "no response within five seconds" : CheckFormatting.ToOneLine(error.Message);
            return CheckResult.Unhealthy(
                "broker",
                $"{broker} cannot be reached: {reason}",
                "check --brokers, the network, and whether the broker is running and listening on this address");
        }
    }
}
