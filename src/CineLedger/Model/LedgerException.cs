namespace CineLedger.Model;

/// <summary>
/// A failure that a user can act on. The message is one line: what, where, what to do.
/// <see cref="ExitCode"/> is the process exit code it stands for.
/// </summary>
public class LedgerException : Exception
{
    public LedgerException(string message, Exception? inner = null) : base(ToOneLine(message), inner) { }

    /// <summary>0 done, 1 failed, 2 wrong usage, 3 a quality gate kept the load unpublished, 4 the ledger is busy.</summary>
    public virtual int ExitCode => 1;

    /// <summary>Messages quote file names and file contents, which may hold line breaks and worse: orders to the terminal.</summary>
    private static string ToOneLine(string message) => message.Any(char.IsControl)
        ? string.Concat(message.Select(letter => char.IsControl(letter) ? '·' : letter))
        : message;
}

/// <summary>
/// The request itself is wrong: an unknown option value, a contradiction. Exit code 2. The message names options as the command line
/// has them, <c>--where</c>; over HTTP they are parameters of the same names.
/// </summary>
public sealed class UsageException(string message, Exception? inner = null) : LedgerException(message, inner)
{
    public override int ExitCode => 2;
}

/// <summary>The ledger has, or had, no movie of that number.</summary>
public sealed class UnknownMovieException(string message) : LedgerException(message);

/// <summary>Whatever could be read lags behind a snapshot that is asked for and that has been published. It will have it soon.</summary>
public sealed class StaleReplicaException(string message) : LedgerException(message);

/// <summary>A quality gate refused the load; nothing was published. Exit code 3.</summary>
public sealed class QualityGateException(string message) : LedgerException(message)
{
    public override int ExitCode => 3;
}

/// <summary>Another process holds the ledger. Exit code 4.</summary>
public sealed class LedgerBusyException(string message, Exception? inner = null) : LedgerException(message, inner)
{
    public override int ExitCode => 4;
}

/// <summary>A user's SQL takes more time or memory than one statement may.</summary>
public sealed class SqlLimitException(string message, Exception? inner = null) : LedgerException(message, inner);
