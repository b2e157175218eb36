namespace CineLedger.Web;

/// <summary>How the ledger is served.</summary>
public sealed record WebOptions
{
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>The ledger: a DuckDB file, or an address of PostgreSQL.</summary>
    public required string Store { get; init; }

    /// <summary>Where to read from in place of the store, standbys for one; null for the store.</summary>
    public string? ReadStore { get; init; }

    /// <summary>Never loads: on DuckDB, other processes may then read the same file.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Where to listen, with semicolons; port 0 takes any that is free.</summary>
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>How long a request may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long requests under way are waited for at the end.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of responses, of pages and of what pages are made of that are kept in memory.</summary>
    public long CacheBytes { get; init; } = 96L << 20;

    /// <summary>Rows of a page of JSON where the request names no limit.</summary>
    public int PageRows { get; init; } = 1_000;

    /// <summary>The largest limit of a page of JSON. The other formats stream.</summary>
    public int MaxPageRows { get; init; } = 10_000;

    /// <summary>Anybody may read, from other machines too, without a key.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Requests that each key, and each address without one, may make in a minute; 0 for any number.</summary>
    public int RatePerMinute { get; init; } = 6_000;

    /// <summary>Origins (<c>https://movies.example</c>) whose pages may ask from a browser; <c>*</c> for all.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Users may send SQL, which only reads.</summary>
    public bool AllowsSql { get; init; }

    /// <summary>The largest body of a request, in bytes, where an endpoint says nothing else.</summary>
    public long MaxBodyBytes { get; init; } = 1 << 20;

    /// <summary>Letters of the longest address, path and query together, that is read.</summary>
    public int MaxAddressLength { get; init; } = 32 << 10;

    /// <summary>Connections at once; more are closed.</summary>
    public int MaxConnections { get; init; } = 2_000;

    /// <summary>How many may listen to events at once.</summary>
    public int MaxListeners { get; init; } = 1_000;

    /// <summary>How long an event stream is silent at the most.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The folder that files to load may be named in over HTTP; null for none.</summary>
    public string? SourceFolder { get; init; }

    /// <summary>The folder that keeps each original that this server loads; null for none.</summary>
    public string? Archive { get; init; }

    /// <summary>Lets webhooks and sources that are named over HTTP be on private networks and on this machine: for trusted networks and tests.</summary>
    public bool AllowsPrivateTargets { get; init; }

    /// <summary>What this server loads by itself, and when; null for nothing.</summary>
    public CineLedger.Loading.Schedules.LoadSchedule? Schedule { get; init; }

    /// <summary>Where what each snapshot changes is published for other programs; null for nowhere.</summary>
    public (CineLedger.Kafka.BrokerOptions Brokers, string Topic)? Changes { get; init; }

    /// <summary>How long a push waits for others to share its snapshot.</summary>
    public TimeSpan PushWindow { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long pushes wait while something else writes to the ledger.</summary>
    public TimeSpan PushTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest body of a push in bytes, unpacked.</summary>
    public long MaxPushBytes { get; init; } = 64 << 20;

    /// <summary>How webhooks are told.</summary>
    public Webhooks.WebhookOptions Webhooks { get; init; } = new();

    /// <summary>Says more in the log.</summary>
    public bool IsVerbose { get; init; }
}
