using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Loads;

/// <summary>Begins loads, and tells how far they are.</summary>
internal sealed class LoadHandlers(BackgroundLoads loads, LedgerPool pool, WebOptions options)
{
    private const string Path = "/api/v1/loads";
    private const int PageRows = 100;
    private const int MostPageRows = 1_000;

    public static Parameter<string?> Id { get; } = Parameter.Text("id", "The load's name, as it was given when it began; `snapshot-7` for the one that made snapshot 7.")
        with
    { InPath = true, Example = "snapshot-1" };

    public static Parameter<string?> Outcome { get; } = Parameter.Word("outcome", RunWords.States, "Only loads of this state.");
    public static Parameter<string?> Trigger { get; } = Parameter.Word("trigger", RunWords.Triggers, "Only loads that this began.");
    public static Parameter<int?> Limit { get; } = Parameter.Whole("limit", "At most so many; default 100.", least: 1, most: MostPageRows) with { IsOfShape = true, Example = "100" };

    public async Task PostAsync(HttpContext http)
    {
        if (pool.IsReadOnly)
        {
            throw Problems.ReadOnlyServer();
        }

        var request = await OperationBody.ReadAsync(http.Request, LoadJson.Default.LoadRequest);
        var record = loads.Start(LoadSources.Check(request.Source, options), request.Options());
        http.Response.Headers.Location = $"{Path}/{record.Id}";
        await OperationBody.WriteAsync(http, StatusCodes.Status202Accepted, record, LoadJson.Readable.DataLoadRecord);
    }

    public async Task ListAsync(HttpContext http, ParameterValues values)
    {
        var limit = values.Get(Limit) ?? PageRows;
        var filter = new RunFilter
        {
            State = values.Get(Outcome),
            Trigger = values.Get(Trigger),
            Before = values.Get(CommonParameters.Cursor) is { } cursor ? LoadCursor.Read(cursor, values.Question) : null,
            Limit = limit + 1,
        };
        var own = loads.Records;
        IReadOnlyList<RunRecord> runs;
        await using (var reader = await RentAsync(http.RequestAborted))
        {
            runs = await RunHistory.ListAsync(reader.Connection, filter, http.RequestAborted);
        }

        IReadOnlyList<LoadRecord> page = [.. runs.Take(limit).Select(run => own.FirstOrDefault(record => record.Id == run.Id) ?? LoadRecord.Of(run))];
        if (filter is { Before: null, State: null, Trigger: null or "request" })
        {
            // About to begin, and so not written down yet.
            page = [.. own.Where(record => record.State == LoadState.Queued && runs.All(run => run.Id != record.Id)), .. page];
        }

        var next = runs.Count > limit ? LoadCursor.Write((runs[limit - 1].StartedAt, runs[limit - 1].Id), values.Question) : null;
        await OperationBody.WriteAsync(http, StatusCodes.Status200OK, new Page<LoadRecord>(page, new(next)), LoadJson.Readable.PageLoadRecord);
    }

    public async Task OneAsync(HttpContext http, ParameterValues values)
    {
        var id = values.Get(Id)!;
        var record = loads.Records.FirstOrDefault(record => record.Id == id);
        if (record is null)
        {
            await using var reader = await RentAsync(http.RequestAborted);
            record = await RunHistory.FindAsync(reader.Connection, id, http.RequestAborted) is { } run
                ? LoadRecord.Of(run)
                : throw Problems.NotFound($"there is no load {id}, or it is not kept any more; {Path} lists those that are.");
        }

        await OperationBody.WriteAsync(http, StatusCodes.Status200OK, record, LoadJson.Readable.DataLoadRecord);
    }

    /// <summary>The primary where there is one: a load that was refused a moment ago is not on a standby yet, and makes no snapshot to wait for.</summary>
    private Task<LedgerReader> RentAsync(CancellationToken cancellationToken) =>
        pool.IsReadOnly ? pool.RentAsync(pool.Newest?.Id, cancellationToken) : pool.RentWriterAsync(cancellationToken);
}
