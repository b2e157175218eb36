using System.Globalization;
using System.Net.Sockets;

namespace CineLedger.Checkup;

/// <summary>Whether a Kafka broker can be reached.</summary>
internal static class BrokerCheck
{
    private const int DefaultPort = 9092;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="broker">As <c>host:port</c>.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<CheckResult> LookAsync(string broker, CancellationToken cancellationToken)
    {
        var colon = broker.LastIndexOf(':');
        var (host, port) = colon > 0 && int.TryParse(broker[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? (broker[..colon], given) : (broker, DefaultPort);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, patience.Token).ConfigureAwait(false);
            return CheckResult.Good("broker", $"{broker} takes connections");
        }
        catch (Exception error) when (error is SocketException or ArgumentException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var why = error is OperationCanceledException ? "no answer in five seconds" : CheckText.OneLine(error.Message);
            return CheckResult.Bad("broker", $"{broker} cannot be reached: {why}", "check --brokers, the network, and that the broker runs and listens there");
        }
    }
}
