using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Loads;

/// <summary><c>/api/v1/loads</c>: begins loads, and tells how far they are.</summary>
internal sealed class LoadEndpoints(BackgroundLoads loads, LedgerPool pool, WebOptions options)
{
    private const string Path = "/api/v1/loads";

    private const int PageRows = 100;
    private const int MostPageRows = 1_000;

    private const string Example =
        """{"id":"0190163d8694739b8a1f2f6fd7a1c5b0","source":"https://example.com/the-movies-dataset.zip","state":"running","requestedAt":"2024-06-01T05:59:57Z","startedAt":"2024-06-01T05:59:57Z","endedAt":null,"progress":{"stage":"loading","file":"movies_metadata.csv","records":20480,"bytes":15500000,"totalBytes":34445126},"snapshot":null,"summary":null,"error":null,"trigger":"request","node":"films-1:4242","dueAt":null,"attempt":1,"seconds":null}""";

    private const string States = "`state` is `queued` or `running`; then `published`, `unchanged` (nothing new in the source), `gated` (a quality gate kept it unpublished), `busy` (something else loaded "
        + "the ledger), `failed`, `cancelled` (whoever ran it ended) or `lost` (its process died). `trigger` says what began it: a `command`, a `request` or a `schedule`; both are null where its snapshot "
        + "alone tells of it.";

    private static readonly Parameter<string?> Id = Parameter.Text("id", "The load's name, as it was given when it began; `snapshot-7` for the one that made snapshot 7.")
        with
    { InPath = true, Example = "snapshot-1" };

    private static readonly Parameter<string?> Outcome = Parameter.Word("outcome", RunWords.States, "Only loads of this state.");
    private static readonly Parameter<string?> Trigger = Parameter.Word("trigger", RunWords.Triggers, "Only loads that this began.");
    private static readonly Parameter<int?> Limit = Parameter.Whole("limit", "At most so many; default 100.", least: 1, most: MostPageRows) with { IsOfShape = true, Example = "100" };

    private static readonly Operation Post = new()
    {
        Method = HttpMethod.Post,
        Path = Path,
        Group = "Loads",
        Summary = "Begins to load a dataset",
        Description = "The answer comes at once; `Location` tells how the load goes on. One load at a time: while one runs here the answer is 409. Needs an administrator's key.",
        Body =
        [
            new("source", "string", "An http(s) address on the public internet, or a path below the folder of `serve --load-from`.", IsRequired: true, "https://example.com/the-movies-dataset.zip"),
            new("merge", "boolean", "Adds and changes films, and leaves those that the source lacks."),
            new("years", "string", "With merge: takes films released in these years alone: 2016, 2010-2016 or 2010,2012-2014."),
            new("only", "array", "Read these parts alone: movies, ratings, credits, keywords."),
            new("skip", "array", "Leave these parts out."),
            new("allowShrink", "boolean", "Lets more than a fifth of the films go."),
            new("maxRejects", "number", "The largest share of rejected records that may be published, 0 to 1. Default 0.01."),
        ],
        Answer = new(StatusCodes.Status202Accepted, "It has been taken.", $$"""{"data":{{Example}}}"""),
        Problems =
        [
            (StatusCodes.Status400BadRequest, "The body cannot be read, or names a source that may not be named here."),
            (StatusCodes.Status403Forbidden, "The server only reads."),
            (StatusCodes.Status409Conflict, "A load runs already."),
            (StatusCodes.Status415UnsupportedMediaType, "The body is not JSON."),
        ],
    };

    private static readonly Operation List = new()
    {
        Method = HttpMethod.Get,
        Path = Path,
        Group = "Loads",
        Summary = "Loads, the newest first, whatever began them and whatever became of them",
        Description = "The ledger keeps the last 1000 of each trigger; of older ones its snapshots tell. " + States,
        Parameters = new([Outcome, Trigger, Limit, CommonParameters.Cursor]),
        Answer = new(StatusCodes.Status200OK, "The loads, and in `meta.next` the cursor of those before, null where there are none.", $$$"""{"data":[{{{Example}}}],"meta":{"next":null}}"""),
        Problems =
        [
            (StatusCodes.Status400BadRequest, "A parameter is unknown or has a value that it cannot have."),
            (StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at the moment."),
        ],
    };

    private static readonly Operation One = new()
    {
        Method = HttpMethod.Get,
        Path = $"{Path}/{{id}}",
        Group = "Loads",
        Summary = "One load: how far it is, what it published, or why it did not",
        Description = States,
        Parameters = new([Id]),
        Answer = new(StatusCodes.Status200OK, "The load.", $$"""{"data":{{Example}}}"""),
        Problems =
        [
            (StatusCodes.Status404NotFound, "There is no such load, or it is not kept any more."),
            (StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at the moment."),
        ],
    };

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var at = ActivatorUtilities.CreateInstance<LoadEndpoints>(endpoints.ServiceProvider);
        Post.Map(endpoints, Policies.Administer, at.PostAsync);
        List.Map(endpoints, null, at.ListAsync);
        One.Map(endpoints, null, at.OneAsync);
    }

    private async Task PostAsync(HttpContext http, ParameterValues values)
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

    private async Task ListAsync(HttpContext http, ParameterValues values)
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

    private async Task OneAsync(HttpContext http, ParameterValues values)
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
