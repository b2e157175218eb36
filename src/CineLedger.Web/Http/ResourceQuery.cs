using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Names;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Http;

/// <summary>The query of a checked request, which can be run as of a snapshot.</summary>
internal abstract class ResourceQuery
{
    /// <summary>The only type of the response; null when the request selects a format of tables.</summary>
    public virtual ResponseType? Type => null;

    /// <summary>The beginning of the file's name; null to take it from the path.</summary>
    public virtual string? FileName => null;

    /// <summary>Writes the response. When it throws before the first row, nothing has been written.</summary>
    public abstract Task WriteAsync(QueryContext context, Stream output, CancellationToken cancellationToken);
}

/// <summary>The source of a query's data and the form of its response.</summary>
/// <param name="Connection">A connection for exclusive use.</param>
/// <param name="Snapshot">The snapshot of the response.</param>
/// <param name="Format">The format of the response.</param>
/// <param name="Limit">The maximum number of rows; null for all.</param>
/// <param name="Offset">The number of rows on earlier pages.</param>
/// <param name="Info">The metadata that is known before the rows are read.</param>
internal sealed record QueryContext(DbConnection Connection, Snapshot Snapshot, OutputFormat Format, int? Limit, int Offset, ResultInfo Info)
{
    /// <summary>Creates the cursor of the page that begins after the given number of rows.</summary>
    public required Func<int, string> CursorAt { get; init; }

    /// <summary>Returns a query with the names of the ledger. Throws <see cref="UsageException"/> for names that are unknown or unclear.</summary>
    public required Func<QueryRequest, CancellationToken, Task<ResolvedQuery>> Resolve { get; init; }

    /// <summary>Returns the coverage of a query as of the snapshot, from the store or the cache.</summary>
    public required Func<QueryRequest, CancellationToken, Task<Coverage>> Coverage { get; init; }

    /// <summary>The cursor of the next page, set when the rows are written; null on the last page.</summary>
    public string? Next { get; set; }
}

/// <summary>A query whose response is a table.</summary>
internal sealed class TableQuery : ResourceQuery
{
    /// <summary>Opens the given range of rows of a table that is not a query.</summary>
    public Func<DbConnection, Snapshot, RowRange, CancellationToken, Task<DbResult>>? Open { get; init; }

    /// <summary>The query behind the table, as written by the client: its names are resolved, and its coverage is reported; null without one.</summary>
    public QueryRequest? Query { get; init; }

    /// <summary>Opens the given range of rows of the query with resolved names.</summary>
    public Func<DbConnection, QueryRequest, Snapshot, RowRange, CancellationToken, Task<DbResult>>? OpenQuery { get; init; }

    /// <summary>Returns further notes on the query for the reader, one sentence each.</summary>
    public Func<QueryRequest, IReadOnlyList<string>>? Notes { get; init; }

    /// <summary>False for a table that only makes sense in full.</summary>
    public bool HasPages { get; init; } = true;

    public override async Task WriteAsync(QueryContext context, Stream output, CancellationToken cancellationToken)
    {
        var (connection, snapshot, format, limit, offset, info) = context;
        var says = OutputFormatInfo.Get(format).HasInfo;
        var resolved = Query is null ? null : await context.Resolve(Query, cancellationToken);
        info = info with
        {
            Coverage = resolved is null || !says ? null : await context.Coverage(resolved.Query, cancellationToken),
            Notes = resolved is null ? info.Notes : [.. info.Notes, .. resolved.Notes.Select(Capitalize), .. Notes?.Invoke(resolved.Query) ?? []],
        };

        // Read one row more than the limit to detect a next page.
        var range = HasPages && limit < int.MaxValue ? new RowRange(limit + 1, offset) : new RowRange(limit, offset);
        await using var result = await (resolved is null
            ? Open!(connection, snapshot, range, cancellationToken)
            : OpenQuery!(connection, resolved.Query, snapshot, range, cancellationToken));
        await using var writer = OutputFormatInfo.Get(format).CreateWriter(output);
        await writer.BeginAsync(result.Columns, cancellationToken);
        var rows = 0;
        while (await result.Rows.ReadAsync(cancellationToken))
        {
            if (HasPages && rows == limit)
            {
                context.Next = context.CursorAt(offset + rows);
                info = info with { Notes = [.. info.Notes, FormattableString.Invariant($"There are more than {rows} rows: next is the cursor of the next page.")] };
                break;
            }

            await writer.WriteAsync(result.Rows, cancellationToken);
            rows++;
        }

        await writer.EndAsync(info with { Next = context.Next }, cancellationToken);
    }

    private static string Capitalize(string note) => note.Length > 0 ? char.ToUpperInvariant(note[0]) + note[1..] : note;
}

/// <summary>A range of rows.</summary>
/// <param name="Limit">The maximum number of rows; null for all.</param>
/// <param name="Offset">The number of rows to skip.</param>
internal readonly record struct RowRange(int? Limit, int Offset);

/// <summary>A query whose response is a file of one format.</summary>
internal sealed class FileQuery(ResponseType type, string fileName, Func<QueryContext, Stream, CancellationToken, Task> write) : ResourceQuery
{
    public override ResponseType? Type => type;

    public override string? FileName => fileName;

    public override Task WriteAsync(QueryContext context, Stream output, CancellationToken cancellationToken) => write(context, output, cancellationToken);
}

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
