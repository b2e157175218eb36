using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Http;

/// <summary>What a request asks, read and checked, ready to be put to a snapshot.</summary>
internal abstract class ResourceQuery
{
    /// <summary>Writes the response. Nothing has been written when it throws before its first row.</summary>
    public abstract Task WriteAsync(QueryContext context, Stream output, CancellationToken cancellationToken);
}

/// <summary>Where a query is answered from, and in what shape.</summary>
/// <param name="Connection">Used by nobody else meanwhile.</param>
/// <param name="Snapshot">As of which it is answered.</param>
/// <param name="Format">Of the response.</param>
/// <param name="Limit">Rows at the most; null for all.</param>
/// <param name="Offset">Rows that came on the pages before.</param>
/// <param name="Info">What is known of the response before its rows.</param>
internal sealed record QueryContext(DbConnection Connection, Snapshot Snapshot, OutputFormat Format, int? Limit, int Offset, ResultInfo Info)
{
    /// <summary>Makes the cursor of the page that begins after so many rows.</summary>
    public required Func<int, string> CursorAt { get; init; }

    /// <summary>What a query rests on, as of the snapshot: read, or remembered of another request.</summary>
    public required Func<QueryRequest, CancellationToken, Task<Coverage>> Coverage { get; init; }

    /// <summary>The next page's cursor, once the rows are written; null when there is none.</summary>
    public string? Next { get; set; }
}

/// <summary>A query whose response is a table.</summary>
internal sealed class TableQuery : ResourceQuery
{
    /// <summary>Opens the rows, from the place and as many as it is told, null for all.</summary>
    public required Func<DbConnection, Snapshot, RowRange, CancellationToken, Task<DbResult>> Open { get; init; }

    /// <summary>The query that says what the response rests on; null where that means nothing.</summary>
    public QueryRequest? RestsOn { get; init; }

    /// <summary>Reads what else a reader must know, a sentence each.</summary>
    public Func<DbConnection, CancellationToken, Task<IReadOnlyList<string>>>? Notes { get; init; }

    /// <summary>False for a table that only makes sense whole.</summary>
    public bool HasPages { get; init; } = true;

    public override async Task WriteAsync(QueryContext context, Stream output, CancellationToken cancellationToken)
    {
        var (connection, snapshot, format, limit, offset, info) = context;
        var says = OutputFormatInfo.Get(format).HasInfo;
        IReadOnlyList<string> notes = Notes is null || !says ? [] : await Notes(connection, cancellationToken);
        info = info with
        {
            Coverage = RestsOn is null || !says ? null : await context.Coverage(RestsOn, cancellationToken),
            Notes = [.. info.Notes, .. notes.Select(Sentence)],
        };

        // One row more than is wanted tells whether there is a next page.
        var range = HasPages && limit < int.MaxValue ? new RowRange(limit + 1, offset) : new RowRange(limit, offset);
        await using var result = await Open(connection, snapshot, range, cancellationToken);
        await using var writer = OutputFormatInfo.Get(format).CreateWriter(output);
        await writer.BeginAsync(result.Columns, cancellationToken);
        var rows = 0;
        while (await result.Rows.ReadAsync(cancellationToken))
        {
            if (HasPages && rows == limit)
            {
                context.Next = context.CursorAt(offset + rows);
                info = info with { Notes = [.. info.Notes, FormattableString.Invariant($"There are more rows than these {rows}: next is the cursor of the page after this one.")] };
                break;
            }

            await writer.WriteAsync(result.Rows, cancellationToken);
            rows++;
        }

        await writer.EndAsync(info with { Next = context.Next }, cancellationToken);
    }

    private static string Sentence(string note) => note.Length > 0 ? char.ToUpperInvariant(note[0]) + note[1..] : note;
}

/// <summary>Which rows.</summary>
/// <param name="Limit">How many at the most; null for all.</param>
/// <param name="Offset">How many are passed over first.</param>
internal readonly record struct RowRange(int? Limit, int Offset);

/// <summary>A query whose response is one document.</summary>
internal sealed class DocumentQuery<T>(JsonTypeInfo<T> type, Func<DbConnection, Snapshot, CancellationToken, Task<T>> read) : ResourceQuery
{
    public override async Task WriteAsync(QueryContext context, Stream output, CancellationToken cancellationToken)
    {
        var document = await read(context.Connection, context.Snapshot, cancellationToken);
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WritePropertyName("data");
        JsonSerializer.Serialize(json, document, type);
        JsonMeta.Write(json, context.Info);
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
