using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using CineLedger.Web.Uploads;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Loads;

/// <summary>Starts and cancels loads, and shows loads and their progress.</summary>
internal sealed class LoadHandlers(BackgroundLoads loads, UploadStore uploads, LedgerPool pool, LedgerReaders readers, WebOptions options)
{
    private const string Path = "/api/v1/loads";
    private const int PageRows = 100;
    private const int MaxPageRows = 1_000;

    public static Parameter<string?> Id { get; } = Parameter.CreateText(
        "id", "The ID that was returned when the load was started, or `snapshot-7` for the load that published snapshot 7.")
        with
    { IsInPath = true, Example = "snapshot-1" };

    public static Parameter<string?> Outcome { get; } = Parameter.CreateEnum("outcome", LoadNames.States, "Only loads with this state.");
    public static Parameter<string?> Trigger { get; } = Parameter.CreateEnum("trigger", LoadNames.Triggers, "Only loads with this trigger.");
    public static Parameter<int?> Limit { get; } = Parameter.CreateInteger("limit", "The maximum number of loads. Default: 100.", min: 1, max: MaxPageRows) with
    {
        AffectsShape = true,
        Example = "100",
    };

    public async Task PostAsync(HttpContext http)
    {
        if (pool.IsReadOnly)
        {
            throw Problems.ReadOnlyServer();
        }

        var request = await OperationBody.ReadAsync(http.Request, LoadJson.Default.LoadRequest);
        AuditMiddleware.SetTarget(http, request.Source is { } address ? LoadSourceValidator.Parse(address).DisplayName : $"upload {request.Upload}");
        var record = loads.Start(LoadSource.Create(request, uploads, options), request.ToOptions(ApiCaller.GetName(http.User)), request.DryRun);
        http.Response.Headers.Location = $"{Path}/{record.Id}";
        await OperationBody.WriteAsync(http, StatusCodes.Status202Accepted, record, LoadJson.Readable.DataResponseLoadView);
    }

    public async Task ListAsync(HttpContext http, ParameterValues values)
    {
        var limit = values.Get(Limit) ?? PageRows;
        var filter = new LoadFilter
        {
            State = values.Get(Outcome),
            Trigger = values.Get(Trigger),
            Before = values.Get(CommonParameters.Cursor) is { } cursor ? LoadCursor.Decode(cursor, values.CanonicalText) : null,
            Limit = limit + 1,
        };
        var own = loads.Records;
        IReadOnlyList<LoadRecord> runs;
        await using (var reader = await RentAsync(http.RequestAborted))
        {
            runs = await LoadHistory.ListAsync(reader.Connection, filter, http.RequestAborted);
        }

        IReadOnlyList<LoadView> page = [.. runs.Take(limit).Select(run => own.FirstOrDefault(record => record.Id == run.Id) ?? LoadView.Create(run))];
        if (filter is { Before: null, State: null, Trigger: null or "request" })
        {
            // Queued loads are not recorded yet.
            page = [.. own.Where(record => record.State == LoadStatus.Queued && runs.All(run => run.Id != record.Id)), .. page];
        }

        var next = runs.Count > limit ? LoadCursor.Encode((runs[limit - 1].StartedAt, runs[limit - 1].Id), values.CanonicalText) : null;
        page = http.User is ApiCaller { SeesDetails: true } ? page : [.. page.Select(load => load.WithoutDetails())];
        await OperationBody.WriteAsync(http, StatusCodes.Status200OK, new PagedResponse<LoadView>(page, new(next)), LoadJson.Readable.PagedResponseLoadView);
    }

    public async Task GetAsync(HttpContext http, ParameterValues values)
    {
        var record = await FindAsync(values.Get(Id)!, http.RequestAborted);
        record = http.User is ApiCaller { SeesDetails: true } ? record : record.WithoutDetails();
        await OperationBody.WriteAsync(http, StatusCodes.Status200OK, record, LoadJson.Readable.DataResponseLoadView);
    }

    public async Task DeleteAsync(HttpContext http, ParameterValues values)
    {
        if (pool.IsReadOnly)
        {
            throw Problems.ReadOnlyServer();
        }

        var id = values.Get(Id)!;
        if (loads.Cancel(id, ApiCaller.GetName(http.User)) is { } canceled)
        {
            await OperationBody.WriteAsync(http, StatusCodes.Status202Accepted, canceled, LoadJson.Readable.DataResponseLoadView);
            return;
        }

        var other = await FindAsync(id, http.RequestAborted);
        throw Problems.NotCancelable(other.HasEnded
            ? $"load {id} has ended already; {Path}/{id} has its result."
            : $"load {id} is run by another process, {other.Node}: cancel it there.");
    }

    private async Task<LoadView> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (loads.Records.FirstOrDefault(record => record.Id == id) is { } own)
        {
            return own;
        }

        await using var reader = await RentAsync(cancellationToken);
        return await LoadHistory.FindAsync(reader.Connection, id, cancellationToken) is { } run
            ? LoadView.Create(run)
            : throw Problems.NotFound($"there is no load {id}, or it is no longer kept; {Path} lists all loads.");
    }

    /// <summary>Uses the primary, if possible: the record of a load that just failed may not be on a standby yet, and there is no snapshot to wait for.</summary>
    private Task<LedgerReader> RentAsync(CancellationToken cancellationToken) => readers.RentCurrentAsync(pool.Newest?.Id, cancellationToken);
}
