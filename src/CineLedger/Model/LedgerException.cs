namespace CineLedger.Model;

/// <summary>
/// A failure that a user can act on. The message is one line: what is wrong, where, what to do. It may quote file names and contents, so control characters are replaced.
/// </summary>
public class LedgerException : Exception
{
    public LedgerException(string message, Exception? inner = null) : base(DisplayText.RemoveControls(message), inner) { }

    /// <summary>The exit code of the process: 0 success, 1 failure, 2 wrong usage, 3 load refused by a quality gate, 4 ledger busy.</summary>
    public virtual int ExitCode => 1;
}

/// <summary>
/// The request itself is wrong: an unknown option value, a contradiction. Exit code 2. The message names options as on the command line
/// (<c>--where</c>); the HTTP parameters have the same names.
/// </summary>
public sealed class UsageException(string message, Exception? inner = null) : LedgerException(message, inner)
{
    public override int ExitCode => 2;

    /// <summary>The name in the request that could not be resolved; null if names are not the reason.</summary>
    public string? UnresolvedName { get; init; }

    /// <summary>The names that the request may mean, the most likely first.</summary>
    public IReadOnlyList<NameCandidate> Candidates { get; init; } = [];
}

/// <summary>The ledger, or the requested snapshot, has no movie with this id.</summary>
public sealed class UnknownMovieException(string message) : LedgerException(message);

/// <summary>The reachable replicas do not have the requested snapshot yet, although it has been published. They will have it soon.</summary>
public sealed class StaleReplicaException(string message) : LedgerException(message);

/// <summary>Quality gates stopped the load; nothing was published. Exit code 3. The message describes the first violations and how to continue.</summary>
public sealed class QualityGateException : LedgerException
{
    private const int MaxDescribed = 3;

    /// <param name="violations">The violations, at least one.</param>
    /// <param name="advice">Creates the sentence that says what to do from the names of the gates; null for the advice about a dataset.</param>
    public QualityGateException(IReadOnlyList<GateViolation> violations, Func<string, string>? advice = null)
        : this(Describe(violations, advice ?? AdviseAboutDataset), violations)
    {
    }

    private QualityGateException(string message, IReadOnlyList<GateViolation> violations) : base(message) => Violations = violations;

    public override int ExitCode => 3;

    /// <summary>All violations, at least one.</summary>
    public IReadOnlyList<GateViolation> Violations { get; }

    /// <summary>The first findings of each rule of the load; empty if it read no record.</summary>
    public IReadOnlyList<Finding> Findings { get; set; } = [];

    /// <summary>Creates the exception for a file of another kind, which is not read at all, so the gate cannot be accepted.</summary>
    public static QualityGateException ForKind(string message) => new(message, [new GateViolation(QualityGates.Kind, null, message)]);

    private static string Describe(IReadOnlyList<GateViolation> violations, Func<string, string> advise)
    {
        var more = violations.Count > MaxDescribed ? $"; and {violations.Count - MaxDescribed} more" : "";
        var names = string.Join(',', violations.Select(violation => violation.Gate).Distinct());
        return $"{string.Join("; ", violations.Take(MaxDescribed).Select(violation => violation.Message))}{more}; nothing was published. {advise(names)}";
    }

    private static string AdviseAboutDataset(string gates) =>
        "See cineledger profile SOURCE and cineledger findings --load last. "
        + $"If the dataset is correct, load it with --accept {gates}; cineledger snapshots revert restores the previous state.";
}

/// <summary>A source is larger than the limit. The message says how to raise it.</summary>
public sealed class SourceTooLargeException(string message) : LedgerException(message);

/// <summary>There is no ledger at the address of a store. The message says how to create one.</summary>
public sealed class MissingLedgerException(string message, Exception? inner = null) : LedgerException(message, inner);

/// <summary>The ledger's file is damaged. The message says to restore a backup.</summary>
public sealed class DamagedLedgerException(string message, Exception? inner = null) : LedgerException(message, inner);

/// <summary>Another process holds the ledger. Exit code 4.</summary>
public sealed class LedgerBusyException(string message, Exception? inner = null) : LedgerException(message, inner)
{
    public override int ExitCode => 4;
}

/// <summary>A user's SQL statement exceeded the limit on time or memory.</summary>
public sealed class SqlLimitException(string message, Exception? inner = null) : LedgerException(message, inner);

/// <summary>The ledger does not permit SQL to other users: the database lacks the role for it. The message says how to create it.</summary>
public sealed class SqlNotPermittedException(string message) : LedgerException(message);

/// <summary>A query needs more memory than the store has for it, possibly because other queries use it at the moment.</summary>
public sealed class QueryMemoryException(string message, Exception? inner = null) : LedgerException(message, inner);
