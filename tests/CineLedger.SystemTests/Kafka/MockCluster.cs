using System.Runtime.InteropServices;
using System.Text;

namespace CineLedger.SystemTests.Kafka;

/// <summary>
/// Kafka's protocol on loopback: the mock cluster with which librdkafka tests its own clients. It uses real sockets, so that real processes
/// can connect. It stores nothing on disk and keeps the newest five megabytes of each partition. Its API is in C only: rdkafka_mock.h.
/// </summary>
internal sealed partial class MockCluster : IDisposable
{
    /// <summary>RD_KAFKA_PRODUCER of rd_kafka_type_t.</summary>
    private const int Producer = 0;

    /// <summary>The API key of Kafka's Metadata request.</summary>
    private const short Metadata = 3;

    /// <summary>In the order in which Confluent's client tries them: the first needs libsasl2, which not every machine has.</summary>
    private static readonly string[] Libraries = ["librdkafka", "centos8-librdkafka", "alpine-librdkafka"];

    private readonly nint _owner;
    private readonly nint _cluster;

    static MockCluster() => NativeLibrary.SetDllImportResolver(typeof(MockCluster).Assembly, (name, assembly, path) =>
    {
        nint library = 0;
        return name == Libraries[0] && Libraries.Any(one => NativeLibrary.TryLoad(one, assembly, path, out library)) ? library : 0;
    });

    public MockCluster(int brokers = 3)
    {
        // A client that only hosts the mock cluster, whose threads belong to it.
        var problem = new byte[512];
        _owner = NewClient(Producer, NewConfiguration(), problem, (nuint)problem.Length);
        _cluster = _owner != 0 ? New(_owner, brokers) : throw new InvalidOperationException(Encoding.UTF8.GetString(problem));
        Check(_cluster == 0 ? 1 : 0, "the mock cluster did not start");
        Bootstrap = Marshal.PtrToStringUTF8(Bootstraps(_cluster))!;
        RebalanceDelay(_cluster, 200);
        TrackRequests(_cluster);
    }

    /// <summary>The value for <c>--brokers</c>.</summary>
    public string Bootstrap { get; }

    /// <summary>The number of metadata requests that clients have sent. A client repeats the request while a topic does not exist.</summary>
    public int MetadataRequests
    {
        get
        {
            var requests = GetRequests(_cluster, out var count);
            var keys = new nint[(int)count];
            if (count > 0)
            {
                Marshal.Copy(requests, keys, 0, keys.Length);
            }

            var found = keys.Count(request => ApiKey(request) == Metadata);
            DestroyRequests(requests, count);
            return found;
        }
    }

    public void CreateTopic(string name, int partitions) => Check(TopicCreate(_cluster, name, partitions, 1), $"no topic {name}");

    /// <summary>Drops a broker's connections and accepts no new ones.</summary>
    public void SetDown(int broker) => Check(BrokerSetDown(_cluster, broker), $"no broker {broker}");

    public void SetUp(int broker) => Check(BrokerSetUp(_cluster, broker), $"no broker {broker}");

    public void Dispose()
    {
        Destroy(_cluster);
        DestroyClient(_owner);
    }

    private static void Check(int error, string what)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"{what}: {error}");
        }
    }

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_conf_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial nint NewConfiguration();

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial nint NewClient(int kind, nint configuration, byte[] problem, nuint length);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial void DestroyClient(nint client);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial nint New(nint client, int brokers);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial void Destroy(nint cluster);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial nint Bootstraps(nint cluster);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int TopicCreate(nint cluster, string topic, int partitions, int replication);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_broker_set_down")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int BrokerSetDown(nint cluster, int broker);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_broker_set_up")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int BrokerSetUp(nint cluster, int broker);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_start_request_tracking")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial void TrackRequests(nint cluster);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_get_requests")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial nint GetRequests(nint cluster, out nuint count);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_request_api_key")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial short ApiKey(nint request);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_request_destroy_array")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial void DestroyRequests(nint requests, nuint count);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial void RebalanceDelay(nint cluster, int milliseconds);
}
