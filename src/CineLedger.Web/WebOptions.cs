namespace CineLedger.Web;

/// <summary>The options of the server.</summary>
public sealed record WebOptions
{
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>The ledger: a DuckDB file or a PostgreSQL address.</summary>
    public required string Store { get; init; }

    /// <summary>The store to read from, such as standbys; null to read from <see cref="Store"/>.</summary>
    public string? ReadStore { get; init; }

    /// <summary>Disables loads and all other writes. With DuckDB, other processes can then read the same file.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The addresses to listen on, separated by semicolons. Port 0 selects a free port.</summary>
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>The certificate for the addresses that begin with <c>https://</c>; null when there are none.</summary>
    public Security.ServerCertificate? Certificate { get; init; }

    /// <summary>The time limit of a request.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait for running requests when the server stops.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The size of the cache for responses, pages and parts of pages, in bytes.</summary>
    public long CacheBytes { get; init; } = 96L << 20;

    /// <summary>The rows of a page of JSON when the request has no limit.</summary>
    public int PageRows { get; init; } = 1_000;

    /// <summary>The largest limit of a page of JSON. Other formats are streamed.</summary>
    public int MaxPageRows { get; init; } = 10_000;

    /// <summary>Allows everyone to read without a key, also from other machines.</summary>
    public bool IsPublic { get; init; }

    /// <summary>
    /// Treats no request as local: a proxy on this machine, or in the same container, may have forwarded it without any trace.
    /// </summary>
    public bool RequiresKey { get; init; }

    /// <summary>
    /// Whether all requests come through a proxy that appends the client's address to <c>X-Forwarded-For</c>. Requires <see cref="RequiresKey"/>.
    /// </summary>
    public bool IsBehindProxy { get; init; }

    /// <summary>The requests per minute of each key, and of each address without a key; 0 for no limit.</summary>
    public int RatePerMinute { get; init; } = 6_000;

    /// <summary>The origins (<c>https://movies.example</c>) whose pages may send requests from a browser; <c>*</c> for all.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>The origins whose pages may show figures of the dashboard in frames.</summary>
    public IReadOnlyList<string> EmbedOrigins { get; init; } = [];

    /// <summary>Allows read-only SQL.</summary>
    public bool AllowsSql { get; init; }

    /// <summary>The time limit of a SQL statement.</summary>
    public TimeSpan SqlTimeout { get; init; } = CineLedger.SqlSandbox.SqlLimits.Default.Timeout;

    /// <summary>The largest body of a request in bytes, unless an endpoint has its own limit.</summary>
    public long MaxBodyBytes { get; init; } = 1 << 20;

    /// <summary>The longest address (path and query) in characters.</summary>
    public int MaxAddressLength { get; init; } = 32 << 10;

    /// <summary>The maximum number of open connections. Further ones are closed.</summary>
    public int MaxConnections { get; init; } = 2_000;

    /// <summary>The maximum number of open connections of an address, an IPv6 address being its /64; 0 for no limit.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 500;

    /// <summary>The maximum number of concurrent requests of each key, and of each address without a key; 0 for no limit.</summary>
    public int MaxRequestsPerCaller { get; init; } = 256;

    /// <summary>
    /// The maximum size of the temporary files for large responses that clients receive slowly, in bytes. One caller may use half of it. Null for 1 GB, or for
    /// 128 MB where the folder for temporary files is in memory.
    /// </summary>
    public long? MaxSpoolBytes { get; init; }

    /// <summary>The maximum number of concurrent event streams.</summary>
    public int MaxListeners { get; init; } = 1_000;

    /// <summary>The maximum number of concurrent event streams of each key, and of each address without a key; 0 for no limit.</summary>
    public int MaxListenersPerCaller { get; init; } = 50;

    /// <summary>The longest silence of an event stream, after which a comment is sent.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The folder whose files may be loaded over HTTP; null for none.</summary>
    public string? SourceFolder { get; init; }

    /// <summary>The limits of sources that are loaded over HTTP.</summary>
    public CineLedger.Sources.SourceOptions Sources { get; init; } = CineLedger.Sources.SourceOptions.Default;

    /// <summary>The folder in which this server archives the original of each load; null for none.</summary>
    public string? Archive { get; init; }

    /// <summary>
    /// Allows webhooks and sources given over HTTP to be on private networks and on this machine. For trusted networks and tests.
    /// </summary>
    public bool AllowsPrivateTargets { get; init; }

    /// <summary>The schedule of automatic loads; null without one.</summary>
    public CineLedger.Loading.Schedules.LoadSchedule? Schedule { get; init; }

    /// <summary>The topic to which the changes of each snapshot are published; null for none.</summary>
    public (CineLedger.Kafka.BrokerOptions Brokers, string Topic)? Changes { get; init; }

    /// <summary>How long a push waits for other pushes to share its snapshot.</summary>
    public TimeSpan PushWindow { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long pushes wait while another process or load writes to the ledger.</summary>
    public TimeSpan PushTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest body of a push in bytes, after decompression.</summary>
    public long MaxPushBytes { get; init; } = 64 << 20;

    /// <summary>The options of webhooks.</summary>
    public Webhooks.WebhookOptions Webhooks { get; init; } = new();

    /// <summary>Logs every request and other information.</summary>
    public bool IsVerbose { get; init; }
}
