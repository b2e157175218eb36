namespace CineLedger.Model;

/// <summary>One load as the ledger keeps it, whatever began it and whatever became of it. Times are UTC.</summary>
/// <param name="Id">Its name; a later load's sorts after.</param>
/// <param name="Trigger">What began it; null where the ledger's snapshot alone tells of it.</param>
/// <param name="Node">Where it runs: the machine and the number of the process; null likewise.</param>
/// <param name="Source">What is loaded, without credentials.</param>
/// <param name="StartedAt">When it began.</param>
public sealed record LoadRecord(string Id, LoadTrigger? Trigger, string? Node, string Source, DateTime StartedAt)
{
    public LoadState State { get; init; }

    /// <summary>The fingerprint of the schedule that it belongs to; null for others.</summary>
    public string? Schedule { get; init; }

    /// <summary>When it was to begin: the schedule's time, or when it was asked for; null for commands.</summary>
    public DateTime? DueAt { get; init; }

    /// <summary>1, or more where it was tried again for the same time.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Null while it runs.</summary>
    public DateTime? EndedAt { get; init; }

    /// <summary>The snapshot that it published or found unchanged; null for others.</summary>
    public int? SnapshotId { get; init; }

    /// <summary>The source's own mark of its version; null where it has none, or was never reached.</summary>
    public string? SourceVersion { get; init; }

    /// <summary>What it counted; null where nothing was read to its end.</summary>
    public LoadCounts? Counts { get; init; }

    /// <summary>Why it published nothing, in one line; null where all went well.</summary>
    public string? Error { get; init; }

    public TimeSpan? Duration => EndedAt - StartedAt;

    /// <summary>A new one that begins now, in this process.</summary>
    public static LoadRecord Begin(LoadTrigger trigger, string source, DateTime now) => new(Guid.CreateVersion7(now).ToString("N"), trigger, CurrentNode, source, now);

    /// <summary>This process among all that load the ledger.</summary>
    public static string CurrentNode { get; } = FormattableString.Invariant($"{Environment.MachineName}:{Environment.ProcessId}");
}

/// <summary>What a load counted.</summary>
/// <param name="Records">Records read.</param>
/// <param name="Movies">Movies that the ledger held then.</param>
/// <param name="Added">Movies added, changed and removed: none where nothing was published.</param>
/// <param name="Findings">How many findings each rule made.</param>
public sealed record LoadCounts(long Records, long Movies, long Added, long Changed, long Removed, IReadOnlyList<LoadFindingCount> Findings);

/// <summary>How many findings of one kind a rule made.</summary>
public sealed record LoadFindingCount(string Kind, string Rule, long Count);

/// <summary>What begins loads.</summary>
public enum LoadTrigger
{
    /// <summary><c>cineledger load</c>.</summary>
    Command,

    /// <summary><c>POST /api/v1/loads</c>.</summary>
    Request,

    /// <summary><c>cineledger serve --load-every</c>.</summary>
    Schedule,
}

/// <summary>How far a load is, or what became of it.</summary>
public enum LoadState
{
    Running,

    /// <summary>There is a new snapshot.</summary>
    Published,

    /// <summary>The source holds nothing that the ledger does not.</summary>
    Unchanged,

    /// <summary>A quality gate kept it unpublished.</summary>
    Gated,

    /// <summary>Something else loaded the ledger.</summary>
    Busy,

    Failed,

    /// <summary>It was stopped by whoever had begun it, or by the end of the server.</summary>
    Cancelled,

    /// <summary>Its process ended without a word: killed, or the machine went.</summary>
    Lost,
}

/// <summary>Triggers and states as the ledger and its outputs write them.</summary>
public static class LoadNames
{
    private static readonly string[] TriggerNames = ["command", "request", "schedule"];
    private static readonly string[] StateNames = ["running", "published", "unchanged", "gated", "busy", "failed", "cancelled", "lost"];

    public static IReadOnlyList<string> Triggers => TriggerNames;

    public static IReadOnlyList<string> States => StateNames;

    public static string Get(LoadTrigger trigger) => TriggerNames[(int)trigger];

    public static string Get(LoadState state) => StateNames[(int)state];

    /// <summary>Throws for a word that is none.</summary>
    public static LoadTrigger ParseTrigger(string word) => (LoadTrigger)IndexOf(TriggerNames, word);

    /// <summary>Throws for a word that is none.</summary>
    public static LoadState ParseState(string word) => (LoadState)IndexOf(StateNames, word);

    private static int IndexOf(string[] words, string word) =>
        Array.IndexOf(words, word) is >= 0 and var at ? at : throw new LedgerException($"the ledger's loads have the word '{word}', which is none of {string.Join(", ", words)}.");
}
