using CineLedger.Loading;
using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Reports.Studios;
using CineLedger.Storage.Snapshots;
using CineLedger.Web.Loads;

namespace CineLedger.Web.Commands;

/// <summary>A change that a command hands to the server that has the ledger open. Exactly one of the properties is set.</summary>
public sealed record CommandRequest
{
    /// <summary>The load to run. Its paths are absolute.</summary>
    public LoadPlan? Load { get; init; }

    /// <summary>The list of studios to import.</summary>
    public StudioListFile? Studios { get; init; }

    /// <summary>Whether the list of studios may name companies that the ledger does not have.</summary>
    public bool AllowsUnknownCompanies { get; init; }

    /// <summary>The number of snapshots to keep.</summary>
    public int? Prune { get; init; }

    /// <summary>The snapshot to restore.</summary>
    public int? Revert { get; init; }
}

/// <summary>A line of the response: what has happened since the previous one. The last line has a result or an error.</summary>
public sealed record CommandEvent
{
    /// <summary>The progress of a load.</summary>
    public LoadProgressView? Progress { get; init; }

    /// <summary>The summary of one original, when a load has several.</summary>
    public LoadSummary? Original { get; init; }

    /// <summary>The snapshot that a load published or found unchanged.</summary>
    public Snapshot? Loaded { get; init; }

    /// <summary>The summary of the load; null if nothing had to be read.</summary>
    public LoadSummary? Summary { get; init; }

    public StudioListReport? Studios { get; init; }

    public PruneSummary? Pruned { get; init; }

    public RevertSummary? Reverted { get; init; }

    /// <summary>The error in one line; null without one.</summary>
    public string? Error { get; init; }

    /// <summary>The exit code of the command that failed.</summary>
    public int ExitCode { get; init; }

    /// <summary>The problems of an invalid list of studios.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
