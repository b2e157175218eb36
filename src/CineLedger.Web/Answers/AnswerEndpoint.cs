using System.Globalization;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Web.Parameters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Answers;

/// <summary>
/// Answers requests for a <see cref="Resource"/>: reads and checks them, chooses the snapshot, says how fresh the answer is, and gives it
/// from memory, or puts the question to the ledger.
/// </summary>
public sealed class AnswerEndpoint(Resource resource, LedgerPool pool, AnswerCache cache, WebOptions options)
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
            (WebOptions)services.GetService(typeof(WebOptions))!);
        endpoints.MapMethods(resource.Path, Methods, endpoint.InvokeAsync).WithMetadata(resource);
    }

    private async Task InvokeAsync(HttpContext http)
    {
        var values = resource.Parameters.Read(http.Request);
        var format = Formats.Choose(values, http.Request, resource.IsDocument);
        var question = resource.Read(values);
        var cursor = values.Get(CommonParameters.Cursor) is { } text ? Cursor.Read(text, values.Question) : (Cursor?)null;
        var named = NameSnapshot(values, cursor);
        var snapshot = await FindSnapshotAsync(named, values.Get(CommonParameters.Seen), http.RequestAborted);
        var limit = LimitOf(values, question, format);

        var tags = AnswerWriting.IfNoneMatch(http.Request);
        var shape = string.Create(
            CultureInfo.InvariantCulture, $"{values.Question}\n{format} {limit} {cursor?.Offset} {values.Get(CommonParameters.Seen)}");
        var identity = new AnswerIdentity(snapshot, named is not null, shape);
        cache.Remember(RepeatedRequests.TextOf(http.Request), new KnownRequest(shape, identity.IsPermanent ? identity : null));
        if (identity.Matches(tags))
        {
            AnswerWriting.WriteNotModified(http.Response, identity);
            return;
        }

        var seen = values.Get(CommonParameters.Seen);
        if (seen is null && AnswerIdentity.SnapshotOf(tags) is { } older && older < snapshot.Id)
        {
            seen = older;
            identity = identity with { Shape = string.Create(CultureInfo.InvariantCulture, $"{shape} since {older}") };
        }

        var answer = await cache.GetAsync(
            identity, () => MakeAsync(http, question, values, format, limit, cursor?.Offset ?? 0, seen, identity), http.RequestAborted);
        if (answer is not null)
        {
            await AnswerWriting.WriteAsync(http.Response, identity, answer, http.RequestAborted);
        }
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
    private async Task<RenderedAnswer?> MakeAsync(
        HttpContext http, Question question, ParameterValues values, OutputFormat format, int? limit, int offset, int? seen, AnswerIdentity identity)
    {
        var snapshot = identity.Snapshot;
        var path = http.Request.Path.Value!;
        var fileName = AnswerWriting.FileName(path, format, identity);
        var output = new SpillStream(http.Response, MostHeldBytes, () =>
        {
            AnswerWriting.AddFreshness(http.Response, identity);
            AnswerWriting.AddShape(http.Response, Formats.ContentTypeOf(format), fileName);
        });
        try
        {
            await using var reader = await pool.RentAsync(snapshot.Id, http.RequestAborted);
            var hearing = new Hearing(reader.Connection, snapshot, format, limit, offset, new ResultInfo(snapshot, null)
            {
                Permalink = question.IsTable
                    ? values.Address((CommonParameters.Seen, null), (CommonParameters.Snapshot, identity.SnapshotNumber), (CommonParameters.Format, Formats.NameOf(format)))
                    : values.Address((CommonParameters.Seen, null), (CommonParameters.Snapshot, identity.SnapshotNumber)),
                Since = seen is { } before ? await ChangesSince.ReadAsync(reader.Connection, before, snapshot.Id, http.RequestAborted) : null,
            })
            {
                CursorAt = rows => new Cursor(snapshot.Id, rows).Write(values.Question),
            };
            await question.WriteAsync(hearing, output, http.RequestAborted);
            if (!output.HasSpilled)
            {
                var link = hearing.Next is { } next ? $"<{values.Address((CommonParameters.Snapshot, null), (CommonParameters.Cursor, next))}>; rel=\"next\"" : null;
                return new RenderedAnswer(format, output.ToArray(), link, fileName);
            }

            await output.FlushAsync(http.RequestAborted);
            return null;
        }
        catch (Exception error) when (error is not OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            // An interrupted statement fails like any other.
            throw new OperationCanceledException(error.Message, error, http.RequestAborted);
        }
    }
}
