using CineLedger.Storage;
using CineLedger.Web.Answers;
using CineLedger.Web.Operations;
using CineLedger.Web.Parameters;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Loads;

/// <summary><c>/api/v1/loads</c>: begins loads, and tells how far they are.</summary>
internal sealed class LoadEndpoints(BackgroundLoads loads, LedgerPool pool, WebOptions options)
{
    private const string Path = "/api/v1/loads";

    /// <summary>Snapshots that are listed; <c>/api/v1/snapshots</c> has them all.</summary>
    private const int MostOthers = 100;

    private const string Example =
        """{"id":"0190163d8694739b8a1f2f6fd7a1c5b0","source":"https://example.com/the-movies-dataset.zip","state":"running","requestedAt":"2024-06-01T05:59:57Z","startedAt":"2024-06-01T05:59:57Z","endedAt":null,"progress":{"stage":"loading","file":"movies_metadata.csv","records":20480,"bytes":15500000,"totalBytes":34445126},"snapshot":null,"summary":null,"error":null}""";

    private static readonly Parameter<string?> Id = Parameter.Text("id", "The load's name, as it was given when it began; `snapshot-7` for the one that made snapshot 7.")
        with
    { InPath = true, Example = "snapshot-1" };

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
        Summary = "Loads, the newest first: those of this server since it began, and what snapshots tell of others",
        Answer = new(StatusCodes.Status200OK, "The loads.", $$"""{"data":[{{Example}}]}"""),
        Problems = [(StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at the moment.")],
    };

    private static readonly Operation One = new()
    {
        Method = HttpMethod.Get,
        Path = $"{Path}/{{id}}",
        Group = "Loads",
        Summary = "One load: how far it is, what it published, or why it did not",
        Description = "`state` is `queued` or `running`; then `published`, `unchanged` (nothing new in the source), `gated` (a quality gate kept it unpublished), `busy` (something else loads the "
            + "ledger), `failed` or `cancelled` (the server ended).",
        Parameters = new([Id]),
        Answer = new(StatusCodes.Status200OK, "The load.", $$"""{"data":{{Example}}}"""),
        Problems =
        [
            (StatusCodes.Status404NotFound, "There is no such load, or this server has forgotten it."),
            (StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at the moment."),
        ],
    };

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var at = ActivatorUtilities.CreateInstance<LoadEndpoints>(endpoints.ServiceProvider);
        Post.Map(endpoints, Access.Administrators, at.PostAsync);
        List.Map(endpoints, null, at.ListAsync);
        One.Map(endpoints, null, at.OneAsync);
    }

    private async Task PostAsync(HttpContext http, ParameterValues values)
    {
        if (pool.IsReadOnly)
        {
            throw Problems.ReadOnlyServer();
        }

        var request = await OperationBody.ReadAsync(http.Request, OperationJson.Default.LoadRequest);
        var record = loads.Start(LoadSources.Check(request.Source, options), request.Options());
        http.Response.Headers.Location = $"{Path}/{record.Id}";
        await OperationBody.WriteAsync(http, StatusCodes.Status202Accepted, record, OperationJson.Readable.DataLoadRecord);
    }

    private async Task ListAsync(HttpContext http, ParameterValues values)
    {
        var own = loads.Records;
        IReadOnlyList<LoadRecord> all = [.. own, .. (await OthersAsync(own, http.RequestAborted)).Take(MostOthers)];
        await OperationBody.WriteAsync(http, StatusCodes.Status200OK, all, OperationJson.Readable.DataIReadOnlyListLoadRecord);
    }

    private async Task OneAsync(HttpContext http, ParameterValues values)
    {
        var id = values.Get(Id);
        var record = loads.Records.FirstOrDefault(record => record.Id == id)
            ?? (await OthersAsync([], http.RequestAborted)).FirstOrDefault(record => record.Id == id)
            ?? throw Problems.NotFound($"there is no load {id}, or this server has forgotten it; {Path} lists those it knows.");
        await OperationBody.WriteAsync(http, StatusCodes.Status200OK, record, OperationJson.Readable.DataLoadRecord);
    }

    /// <summary>Loads that left a snapshot and are not among those given, the newest first.</summary>
    private async Task<IEnumerable<LoadRecord>> OthersAsync(IReadOnlyList<LoadRecord> own, CancellationToken cancellationToken)
    {
        await using var reader = await pool.RentAsync(pool.Newest?.Id, cancellationToken);
        var known = own.Where(record => record.State == LoadState.Published).Select(record => record.Snapshot).ToHashSet();
        return (await SnapshotRows.ListAsync(reader.Connection, cancellationToken)).Where(snapshot => !known.Contains(snapshot.Id)).Reverse().Select(LoadRecord.Of);
    }
}
