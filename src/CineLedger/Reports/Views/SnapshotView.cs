using System.Globalization;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Views;

/// <summary>A view of one snapshot, which spares users the filter on <c>since</c> and <c>until</c>.</summary>
/// <param name="Name">Its name, the same in the store, in <c>cineledger sql</c> and in exports.</param>
/// <param name="Meaning">A one-line description.</param>
/// <param name="Columns">The columns of a row.</param>
public sealed record SnapshotView(string Name, string Meaning, IReadOnlyList<SchemaColumn> Columns)
{
    /// <summary>The snapshot of the views in the store, which is a view itself.</summary>
    private const string StoredSnapshot = $"(SELECT snapshot_id FROM {SnapshotViews.Current})";

    /// <summary>Gets the table whose versions it shows; null for a view that is computed from several.</summary>
    public string? Table { get; init; }

    /// <summary>Gets the query, with <c>{schema}</c> before each table's name and <c>{snapshot}</c> in place of the snapshot's number.</summary>
    internal string Sql { get; init; } = "";

    /// <summary>Gets the query with its rows in a fixed order, the same on every engine.</summary>
    internal string OrderedSql { private get; init; } = "";

    /// <summary>Gets the query of the view in the store; null for <see cref="Sql"/> with the snapshot of <see cref="SnapshotViews.Current"/>.</summary>
    internal string? StoredSql { private get; init; }

    /// <summary>Builds the query as of a snapshot. The schema includes its dot; an empty text is the session's schema.</summary>
    internal string BuildSql(int snapshotId, string schema) => Fill(Sql, snapshotId.ToString(CultureInfo.InvariantCulture), schema);

    /// <summary>Builds the query as of a snapshot, with ordered rows, in the session's schema.</summary>
    internal string BuildOrderedSql(int snapshotId) => Fill(OrderedSql, snapshotId.ToString(CultureInfo.InvariantCulture), "");

    /// <summary>Builds the query of the view in the store, which shows the newest snapshot unless a session has pinned another.</summary>
    internal string BuildStoredSql() => StoredSql ?? Fill(Sql, StoredSnapshot, "");

    private static string Fill(string sql, string snapshot, string schema) =>
        sql.Replace("{schema}", schema, StringComparison.Ordinal).Replace("{snapshot}", snapshot, StringComparison.Ordinal);
}
