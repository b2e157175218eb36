using System.Globalization;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Web.Errors;
using CineLedger.Web.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Http;

/// <summary>
/// Answers requests for a <see cref="Resource"/>: reads and checks them, chooses the snapshot, says how fresh the answer is, and gives it
/// from memory, or puts the question to the ledger.
/// </summary>
internal sealed class AnswerEndpoint(Resource resource, LedgerPool pool, AnswerCache cache, WebOptions options, WebMetrics metrics)
{
    /// <summary>Answers up to this size are kept in memory, and have a length; larger ones go out as they are made.</summary>
    private const int MostHeldBytes = 4 << 20;

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds an endpoint for a resource.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, Resource resource)
    {
        var services = endpoints.ServiceProvider;
        var endpoint = new AnswerEndpoint(
            resource,
            (LedgerPool)services.GetService(typeof(LedgerPool))!,
            (AnswerCache)services.GetService(typeof(AnswerCache))!,
            (WebOptions)services.GetService(typeof(WebOptions))!,
            (WebMetrics)services.GetService(typeof(WebMetrics))!);
        endpoints.MapMethods(resource.Path, Methods, endpoint.InvokeAsync).WithMetadata(resource);
    }

    /// <summary>
    /// A page of JSON as HTTP would give it, for who asks in another way. Throws what requests are answered with problems for:
    /// <see cref="Problems.Of(Exception)"/> makes one of it.
    /// </summary>
    public async Task<byte[]> AskAsync(ParameterValues values, CancellationToken cancellationToken)
    {
        var asked = await ReadAsync(values, OutputFormat.Json, cancellationToken);
        var answer = await cache.GetAsync(
            asked.Identity,
            async () =>
            {
                using var output = new MemoryStream();
                var link = await WriteAsync(asked, asked.Identity, output, cancellationToken);
                return new RenderedAnswer(OutputFormat.Json, output.ToArray(), link, FileName: null);
            },
            cancellationToken);
        return answer!.Body;
    }

    private async Task InvokeAsync(HttpContext http)
    {
        var values = resource.Parameters.Read(http.Request);
        var asked = await ReadAsync(values, Formats.Choose(values, http.Request, resource.IsDocument), http.RequestAborted);
        var identity = asked.Identity;
        var tags = AnswerWriting.IfNoneMatch(http.Request);
        var text = RepeatedRequests.TextOf(http.Request);
        var coding = ContentCodings.Choose(text.AcceptEncoding);
        cache.Remember(text, new KnownRequest(identity.Shape, identity.IsPermanent ? identity : null, coding, http.GetEndpoint()!));
        if (identity.Matches(tags))
        {
            AnswerWriting.WriteNotModified(http.Response, identity);
            metrics.AnsweredNotModified();
            return;
        }

        if (asked.Seen is null && AnswerIdentity.SnapshotOf(tags) is { } older && older < identity.Snapshot.Id)
        {
            asked = asked with { Seen = older };
            identity = identity with { Shape = string.Create(CultureInfo.InvariantCulture, $"{identity.Shape} since {older}") };
        }

        var answer = await cache.GetAsync(identity, () => MakeAsync(http, asked, identity), http.RequestAborted);
        if (answer is not null)
        {
            await AnswerWriting.WriteAsync(http.Response, identity, answer, coding, http.RequestAborted);
        }
    }

    /// <summary>What is asked, of which snapshot, and how much of it.</summary>
    private async Task<Asked> ReadAsync(ParameterValues values, OutputFormat format, CancellationToken cancellationToken)
    {
        var question = resource.Read(values);
        var cursor = values.Get(CommonParameters.Cursor) is { } text ? Cursor.Read(text, values.Question) : (Cursor?)null;
        var named = NameSnapshot(values, cursor);
        var seen = values.Get(CommonParameters.Seen);
        var snapshot = await FindSnapshotAsync(named, seen, cancellationToken);
        var limit = LimitOf(values, question, format);
        var shape = string.Create(CultureInfo.InvariantCulture, $"{values.Question}\n{format} {limit} {cursor?.Offset} {seen}");
        return new Asked(values, question, format, limit, cursor?.Offset ?? 0, seen, new AnswerIdentity(snapshot, named is not null, shape));
    }

    private static int? NameSnapshot(ParameterValues values, Cursor? cursor)
    {
        var named = values.Get(CommonParameters.Snapshot);
        return cursor is { } at && named is { } other && at.Snapshot != other
            ? throw Problems.BadCursor($"it is of snapshot {at.Snapshot}, not of {other}.")
            : cursor?.Snapshot ?? named;
    }

    private int? LimitOf(ParameterValues values, Question question, OutputFormat format)
    {
        if (question is not TableQuestion { HasPages: var pages })
        {
            return null;
        }

        var limit = values.Get(CommonParameters.Limit);
        if (format != OutputFormat.Json || !pages)
        {
            return limit;
        }

        return limit > options.MostPageRows
            ? throw Problems.BadParameter(CommonParameters.Limit.Name, $"a page of JSON has {options.MostPageRows} rows at the most: go on by cursor, or ask for another format, which streams.")
            : limit ?? options.PageRows;
    }

    /// <summary>The snapshot that is asked for; the newest, and none older than what the caller has seen, where none is.</summary>
    private async Task<Snapshot> FindSnapshotAsync(int? named, int? seen, CancellationToken cancellationToken)
    {
        var newest = pool.Newest;
        var least = Math.Max(named ?? 0, named is null ? seen ?? 0 : 0);
        if (newest is null || newest.Id < least)
        {
            newest = await pool.RefreshAsync(least > 0 ? least : null, cancellationToken) ?? throw Problems.NoSnapshotYet();
        }

        if (newest.Id < seen && named is null)
        {
            throw Problems.BadParameter(CommonParameters.Seen.Name, $"there is no snapshot {seen} yet: the newest is {newest.Id}.");
        }

        if (named is not { } id || id == newest.Id)
        {
            return newest;
        }

        await using var reader = await pool.RentAsync(id, cancellationToken);
        return await SnapshotRows.TryFindAsync(reader.Connection, id, cancellationToken)
            ?? throw Problems.NotFound($"there is no snapshot {id}: the newest is {newest.Id}; /api/v1/snapshots lists all.");
    }

    /// <summary>Puts the question to the ledger. Null where the answer was too large to be held back, and has gone out.</summary>
    private async Task<RenderedAnswer?> MakeAsync(HttpContext http, Asked asked, AnswerIdentity identity)
    {
        var fileName = AnswerWriting.FileName(http.Request.Path.Value!, asked.Format, identity);
        var output = new SpillStream(http.Response, MostHeldBytes, () =>
        {
            AnswerWriting.AddFreshness(http.Response, identity);
            AnswerWriting.AddShape(http.Response, Formats.ContentTypeOf(asked.Format), fileName);
        });
        var link = await WriteAsync(asked, identity, output, http.RequestAborted);
        if (!output.HasSpilled)
        {
            return new RenderedAnswer(asked.Format, output.ToArray(), link, fileName);
        }

        await output.FlushAsync(http.RequestAborted);
        return null;
    }

    /// <summary>Writes the answer; returns the header <c>Link</c> to the next page, null where there is none.</summary>
    private async Task<string?> WriteAsync(Asked asked, AnswerIdentity identity, Stream output, CancellationToken cancellationToken)
    {
        var (values, snapshot) = (asked.Values, identity.Snapshot);
        using var running = metrics.BeginQuery(resource.Path);
        try
        {
            await using var reader = await pool.RentAsync(snapshot.Id, cancellationToken);
            var hearing = new Hearing(reader.Connection, snapshot, asked.Format, asked.Limit, asked.Offset, new ResultInfo(snapshot, null)
            {
                Permalink = asked.Question.IsTable
                    ? values.Address((CommonParameters.Seen, null), (CommonParameters.Snapshot, identity.SnapshotNumber), (CommonParameters.Format, OutputFormatInfo.Get(asked.Format).Name))
                    : values.Address((CommonParameters.Seen, null), (CommonParameters.Snapshot, identity.SnapshotNumber)),
                Since = asked.Seen is { } before ? await ChangesSince.ReadAsync(reader.Connection, before, snapshot.Id, cancellationToken) : null,
            })
            {
                CursorAt = rows => new Cursor(snapshot.Id, rows).Write(values.Question),
                Coverage = (query, connection, cancel) => cache.CoverageAsync(snapshot, query, () => ReportRunner.ReadCoverageAsync(connection, query, snapshot, cancel)),
            };
            await asked.Question.WriteAsync(hearing, output, cancellationToken);
            running.Succeeded();
            return hearing.Next is { } next ? $"<{values.Address((CommonParameters.Snapshot, null), (CommonParameters.Cursor, next))}>; rel=\"next\"" : null;
        }
        catch (Exception error) when (error is not OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            // An interrupted statement fails like any other.
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
    }

    /// <summary>A request, read and checked.</summary>
    /// <param name="Values">Its parameters.</param>
    /// <param name="Question">What it asks.</param>
    /// <param name="Format">Of the answer.</param>
    /// <param name="Limit">Rows at the most; null for all.</param>
    /// <param name="Offset">Rows that came on the pages before.</param>
    /// <param name="Seen">The snapshot that <c>meta.since</c> is to be told from; null for none.</param>
    /// <param name="Identity">Which answer that is.</param>
    private readonly record struct Asked(
        ParameterValues Values, Question Question, OutputFormat Format, int? Limit, int Offset, int? Seen, AnswerIdentity Identity);
}
