using CineLedger.SystemTests.Kafka;

namespace CineLedger.SystemTests.Docs;

/// <summary>The brokers that a page's lines name: a cluster with the topics that the pages mention, created for the first line that uses it.</summary>
internal sealed class DocumentedBrokers : IDisposable
{
    private const string Written = "localhost:9092";
    private MockCluster? _kafka;

    /// <summary>Returns the line with this cluster's brokers in place of those on the page.</summary>
    public string ReplaceBrokers(string line)
    {
        if (!line.Contains(Written, StringComparison.Ordinal))
        {
            return line;
        }

        if (_kafka is null)
        {
            _kafka = new MockCluster();
            _kafka.CreateTopic("movies", 4);
        }

        return line.Replace(Written, _kafka.Bootstrap, StringComparison.Ordinal);
    }

    public void Dispose() => _kafka?.Dispose();
}
