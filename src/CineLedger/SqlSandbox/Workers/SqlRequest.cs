using System.Text.Json.Serialization;
using CineLedger.Reports;

namespace CineLedger.SqlSandbox.Workers;

/// <summary>One statement for a worker. It is sent through a pipe, because arguments and environment variables are visible to other processes.</summary>
/// <param name="Store">A DuckDB file, or an address of PostgreSQL with its password.</param>
/// <param name="SnapshotId">The snapshot that the views show.</param>
/// <param name="Sql">The statement.</param>
/// <param name="Limits">Its limits.</param>
public sealed record SqlRequest(string Store, int SnapshotId, string Sql, SqlLimits Limits);

/// <summary>Why a statement failed.</summary>
/// <param name="Kind">The exception to throw.</param>
/// <param name="Message">One line.</param>
internal sealed record SqlFailure(SqlFailureKind Kind, string Message);

/// <summary>The kinds of failures that callers distinguish.</summary>
internal enum SqlFailureKind
{
    /// <summary>The ledger cannot be read.</summary>
    Ledger,

    /// <summary>The statement is invalid or does more than read.</summary>
    Usage,

    /// <summary>The statement exceeds a limit.</summary>
    Limit,

    /// <summary>The ledger does not permit SQL.</summary>
    NotPermitted,
}

/// <summary>The JSON of requests and responses.</summary>
[JsonSerializable(typeof(SqlRequest))]
[JsonSerializable(typeof(SqlFailure))]
[JsonSerializable(typeof(IReadOnlyList<Column>))]
internal sealed partial class WorkerJson : JsonSerializerContext;
