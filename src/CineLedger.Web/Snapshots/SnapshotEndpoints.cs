using System.Data;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage.Snapshots;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;

namespace CineLedger.Web.Snapshots;

/// <summary>The numbered states of the ledger, and what differs between them.</summary>
internal static class SnapshotEndpoints
{
    private static readonly Parameter<int?> Number = Parameter.Whole("id", "The snapshot's number.", least: 1) with { InPath = true, Example = "1" };
    private static readonly Parameter<int?> From = Parameter.Whole("a", "The snapshot to come from.", least: 1) with { InPath = true, Example = "1" };
    private static readonly Parameter<int?> To = Parameter.Whole("b", "The snapshot to go to.", least: 1) with { InPath = true, Example = "2" };

    public static IEnumerable<Resource> Resources()
    {
        yield return new Resource
        {
            Path = "/api/v1/snapshots",
            Group = "Snapshots",
            Summary = "All snapshots, the newest first",
            Parameters = new(CommonParameters.OfPages),
            Read = _ => new TableQuestion
            {
                Open = (connection, snapshot, range, cancellationToken) =>
                    SnapshotList.OpenAsync(connection, cancellationToken, snapshot.Id, range.Limit, range.Offset),
            },
            Example = """[{"snapshotId":1,"publishedAt":"2024-05-01T06:00:00.000Z","records":45463,"movies":45433,"undated":84,"added":45433,"changed":0,"removed":0,"source":"the-movies-dataset.zip","sourceVersion":null}]""",
        };
        yield return new Resource
        {
            Path = "/api/v1/snapshots/{id}",
            Group = "Snapshots",
            Summary = "One snapshot: what its load read and changed",
            Parameters = new([Number, .. CommonParameters.OfDocuments]),
            Read = values => new DocumentQuestion<Snapshot>(
                AnswerJson.Default.Snapshot,
                async (connection, _, cancellationToken) => await SnapshotRows.TryFindAsync(connection, values.Need(Number), cancellationToken)
                    ?? throw Problems.NotFound($"there is no snapshot {values.Need(Number)}; /api/v1/snapshots lists all.")),
            IsDocument = true,
            MayBeMissing = true,
            Example = """{"id":1,"source":"the-movies-dataset.zip","sourceVersion":null,"synthetic":false,"startedAt":"2024-05-01T05:59:58Z","publishedAt":"2024-05-01T06:00:00Z","records":45463,"movies":45433,"undated":84,"added":45433,"changed":0,"removed":0}""",
        };
        yield return new Resource
        {
            Path = "/api/v1/snapshots/{a}/diff/{b}",
            Group = "Snapshots",
            Summary = "What differs between two snapshots: films added and removed, and changed ones field by field",
            Parameters = new([From, To, .. CommonParameters.OfPages]),
            Read = values => new TableQuestion { Open = (connection, _, range, cancellationToken) => DiffAsync(connection, values, range, cancellationToken) },
            MayBeMissing = true,
            Example = """[{"change":"changed","movieId":862,"title":"Toy Story","field":"revenue","before":"373554033","after":"394400000"}]""",
        };
    }

    private static async Task<DbResult> DiffAsync(
        System.Data.Common.DbConnection connection, ParameterValues values, RowRange range, CancellationToken cancellationToken)
    {
        foreach (var id in (int[])[values.Need(From), values.Need(To)])
        {
            _ = await SnapshotRows.TryFindAsync(connection, id, cancellationToken)
                ?? throw Problems.NotFound($"there is no snapshot {id}; /api/v1/snapshots lists all.");
        }

        var table = await SnapshotChanges.DiffAsync(connection, values.Need(From), values.Need(To), cancellationToken);
        return table.Part(SnapshotChanges.DiffColumns, range);
    }

    /// <summary>Some rows of a table that is whole in memory.</summary>
    internal static DbResult Part(this DataTable table, IReadOnlyList<Column> columns, RowRange range)
    {
        var rows = table.AsEnumerable().Skip(range.Offset).Take(range.Limit ?? int.MaxValue).ToList();
        var part = rows.Count > 0 ? rows.CopyToDataTable() : table.Clone();
        return new DbResult(columns, part.CreateDataReader());
    }
}
