using System.Data;
using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage.Snapshots;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Snapshots;

/// <summary>The numbered states of the ledger and the differences between them.</summary>
internal static class SnapshotEndpoints
{
    private static readonly Parameter<int?> Number = Parameter.CreateInteger("id", "The snapshot's number.", min: 1) with { IsInPath = true, Example = "1" };
    private static readonly Parameter<int?> From = Parameter.CreateInteger("a", "The snapshot to compare from.", min: 1) with { IsInPath = true, Example = "1" };
    private static readonly Parameter<int?> To = Parameter.CreateInteger("b", "The snapshot to compare to.", min: 1) with { IsInPath = true, Example = "2" };

    public static void MapSnapshots(this RouteGroupBuilder api)
    {
        var snapshots = api.MapGroup("").WithTags("Snapshots");
        snapshots.MapTable("/snapshots", new(CommonParameters.ForPages), _ => new()
        {
            Open = (connection, snapshot, range, cancellationToken) =>
                SnapshotList.OpenAsync(connection, cancellationToken, snapshot.Id, range.Limit, range.Offset, hidesPaths: true),
        })
            .WithSummary("All snapshots, the newest first")
            .WithExample("""[{"snapshotId":1,"publishedAt":"2024-05-01T06:00:00.000Z","records":45463,"movies":45433,"undated":84,"added":45433,"changed":0,"removed":0,"source":"the-movies-dataset.zip","sourceVersion":null}]""");
        snapshots.MapDocument("/snapshots/{id}", new([Number, .. CommonParameters.ForDocuments]), SnapshotJson.Default.Snapshot,
            (connection, _, values, cancellationToken) => FindAsync(connection, values.GetRequired(Number), cancellationToken))
            .WithSummary("One snapshot: what its load read and changed")
            .WithExample("""{"id":1,"source":"the-movies-dataset.zip","sourceVersion":null,"synthetic":false,"startedAt":"2024-05-01T05:59:58Z","publishedAt":"2024-05-01T06:00:00Z","records":45463,"movies":45433,"undated":84,"added":45433,"changed":0,"removed":0}""");
        snapshots.MapTable("/snapshots/{a}/diff/{b}", new([From, To, .. CommonParameters.ForPages]), values => new()
        {
            Open = (connection, _, range, cancellationToken) => ReadDiffAsync(connection, values.GetRequired(From), values.GetRequired(To), range, cancellationToken),
        })
            .WithSummary("The differences between two snapshots: movies added, removed, and changed by field")
            .WithExample("""[{"change":"changed","movieId":862,"title":"Toy Story","field":"revenue","before":"373554033","after":"394400000"}]""");
    }

    private static async Task<Snapshot> FindAsync(DbConnection connection, int id, CancellationToken cancellationToken) =>
        (await SnapshotRows.TryFindAsync(connection, id, cancellationToken))?.WithoutPaths() ?? throw Problems.NotFound($"there is no snapshot {id}; /api/v1/snapshots lists all.");

    private static async Task<DbResult> ReadDiffAsync(DbConnection connection, int from, int to, RowRange range, CancellationToken cancellationToken)
    {
        await FindAsync(connection, from, cancellationToken);
        await FindAsync(connection, to, cancellationToken);
        return (await SnapshotDiff.ReadDiffAsync(connection, from, to, cancellationToken)).Slice(SnapshotDiff.DiffColumns, range);
    }

    /// <summary>Returns a range of rows of an in-memory table.</summary>
    internal static DbResult Slice(this DataTable table, IReadOnlyList<Column> columns, RowRange range)
    {
        var rows = table.AsEnumerable().Skip(range.Offset).Take(range.Limit ?? int.MaxValue).ToList();
        var part = rows.Count > 0 ? rows.CopyToDataTable() : table.Clone();
        return new DbResult(columns, part.CreateDataReader());
    }
}
