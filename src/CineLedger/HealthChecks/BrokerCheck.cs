using System.Globalization;
using System.Net.Sockets;

namespace CineLedger.HealthChecks;

/// <summary>Whether a Kafka broker can be reached.</summary>
internal static class BrokerCheck
{
    private const int DefaultPort = 9092;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <param name="broker">As <c>host:port</c>.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<CheckResult> RunAsync(string broker, CancellationToken cancellationToken)
    {
        var colon = broker.LastIndexOf(':');
        var (host, port) = colon > 0 && int.TryParse(broker[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? (broker[..colon], given) : (broker, DefaultPort);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Timeout);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, patience.Token).ConfigureAwait(false);
            return CheckResult.Healthy("broker", $"{broker} takes connections");
        }
        catch (Exception error) when (error is SocketException or ArgumentException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var reason = error is OperationCanceledException ? "no answer in five seconds" : CheckFormatting.OneLine(error.Message);
            return CheckResult.Unhealthy("broker", $"{broker} cannot be reached: {reason}", "check --brokers, the network, and that the broker runs and listens there");
        }
    }
}
