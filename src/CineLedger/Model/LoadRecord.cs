namespace CineLedger.Model;

/// <summary>The ledger's record of one load, whatever its trigger and outcome. Times are UTC.</summary>
/// <param name="Id">The load's id. Ids sort by start time.</param>
/// <param name="Trigger">What started the load; null if the load is known only from its snapshot.</param>
/// <param name="Node">The machine name and process id; null if the load is known only from its snapshot.</param>
/// <param name="Source">The address of the data, without credentials.</param>
/// <param name="StartedAt">When the load started.</param>
public sealed record LoadRecord(string Id, LoadTrigger? Trigger, string? Node, string Source, DateTime StartedAt)
{
    /// <summary>The beginning of the error of a load that a caller of the API canceled.</summary>
    private const string CanceledBy = "it was canceled by ";

    public LoadState State { get; init; }

    /// <summary>The fingerprint of the load's schedule; null for unscheduled loads.</summary>
    public string? Schedule { get; init; }

    /// <summary>When the load was due: the scheduled time, or the time of the request; null for commands.</summary>
    public DateTime? DueAt { get; init; }

    /// <summary>1 for the first attempt; higher for retries of the same scheduled time.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Null while the load is running.</summary>
    public DateTime? EndedAt { get; init; }

    /// <summary>The snapshot that the load published or found unchanged; null otherwise.</summary>
    public int? SnapshotId { get; init; }

    /// <summary>The source's version, as the source states it; null if it states none or was never reached.</summary>
    public string? SourceVersion { get; init; }

    /// <summary>Null if the load did not read its source to the end.</summary>
    public LoadCounts? Counts { get; init; }

    /// <summary>Why the load published nothing, in one line; null if it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>Violations of quality gates, accepted or not. Not read with the load; see <see cref="Storage.Operations.GateRows"/>.</summary>
    public IReadOnlyList<GateViolation> Violations { get; init; } = [];

    /// <summary>The first findings of a load that a gate stopped. Not read with the load either.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The known columns that the movies file did not have. They are read from the findings of its snapshot; empty if nothing was published.</summary>
    public IReadOnlyList<string> MissingColumns { get; init; } = [];

    public TimeSpan? Duration => EndedAt - StartedAt;

    /// <summary>Whether a caller of the API canceled the load, so that its schedule does not retry it; false for the end of a process.</summary>
    public bool IsCanceledByCaller => State == LoadState.Cancelled && Error is { } error && error.StartsWith(CanceledBy, StringComparison.Ordinal);

    /// <summary>Returns the error of a canceled load.</summary>
    /// <param name="caller">The caller of the API who canceled it; null for the end of a process.</param>
    public static string DescribeCancellation(string? caller) => $"{(caller is null ? "it was canceled" : CanceledBy + caller)}; nothing was published.";

    /// <summary>Creates the record of a load that starts now in this process.</summary>
    public static LoadRecord Begin(LoadTrigger trigger, string source, DateTime now) => new(Guid.CreateVersion7(now).ToString("N"), trigger, CurrentNode, source, now);

    /// <summary>Identifies this process among all processes that load the ledger.</summary>
    public static string CurrentNode { get; } = FormattableString.Invariant($"{Environment.MachineName}:{Environment.ProcessId}");
}

/// <summary>The counts of a load.</summary>
/// <param name="Records">Records read.</param>
/// <param name="Movies">Movies in the ledger after the load.</param>
/// <param name="Added">Movies added; this and the next two counts are 0 if nothing was published.</param>
/// <param name="Findings">The number of findings for each rule.</param>
public sealed record LoadCounts(long Records, long Movies, long Added, long Changed, long Removed, IReadOnlyList<LoadFindingCount> Findings);

/// <summary>The number of findings of one kind and rule.</summary>
public sealed record LoadFindingCount(string Kind, string Rule, long Count);

/// <summary>The origin of a load.</summary>
public enum LoadTrigger
{
    /// <summary><c>cineledger load</c>.</summary>
    Command,

    /// <summary><c>POST /api/v1/loads</c>.</summary>
    Request,

    /// <summary><c>cineledger serve --load-every</c>.</summary>
    Schedule,

    /// <summary><c>POST /api/v1/movies</c>. Recorded only if a gate fires.</summary>
    Push,

    /// <summary><c>cineledger consume</c>. Recorded only if a gate fires.</summary>
    Stream,
}

/// <summary>The state of a load.</summary>
public enum LoadState
{
    Running,

    /// <summary>The load published a new snapshot.</summary>
    Published,

    /// <summary>The source does not differ from the ledger.</summary>
    Unchanged,

    /// <summary>A quality gate prevented publication.</summary>
    Gated,

    /// <summary>Another load was running.</summary>
    Busy,

    Failed,

    /// <summary>The caller canceled the load, or the server shut down.</summary>
    Cancelled,

    /// <summary>The process died without recording an end: it was killed, or the machine failed.</summary>
    Lost,
}

/// <summary>The names of triggers and states in the ledger and in all outputs.</summary>
public static class LoadNames
{
    private static readonly string[] TriggerNames = ["command", "request", "schedule", "push", "stream"];
    private static readonly string[] StateNames = ["running", "published", "unchanged", "gated", "busy", "failed", "cancelled", "lost"];

    public static IReadOnlyList<string> Triggers => TriggerNames;

    public static IReadOnlyList<string> States => StateNames;

    public static string GetName(LoadTrigger trigger) => TriggerNames[(int)trigger];

    public static string GetName(LoadState state) => StateNames[(int)state];

    /// <summary>Throws for an unknown name.</summary>
    public static LoadTrigger ParseTrigger(string name) => (LoadTrigger)FindIndex(TriggerNames, name);

    /// <summary>Throws for an unknown name.</summary>
    public static LoadState ParseState(string name) => (LoadState)FindIndex(StateNames, name);

    private static int FindIndex(string[] names, string name) =>
        Array.IndexOf(names, name) is >= 0 and var at
            ? at
            : throw new LedgerException($"the ledger's load records contain the unknown value '{name}'; known are {string.Join(", ", names)}.");
}
