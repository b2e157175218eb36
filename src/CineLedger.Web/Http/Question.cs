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
public abstract class Question
{
    /// <summary>False of what is one document, and can be had as JSON alone.</summary>
    public abstract bool IsTable { get; }

    /// <summary>Writes the answer. Nothing has been written where it throws before its first row.</summary>
    internal abstract Task WriteAsync(Hearing hearing, Stream output, CancellationToken cancellationToken);
}

/// <summary>A question being answered: where from, and in what shape.</summary>
/// <param name="Connection">Of which nobody else makes use meanwhile.</param>
/// <param name="Snapshot">As of which it is answered.</param>
/// <param name="Format">Of the answer.</param>
/// <param name="Limit">Rows at the most; null for all.</param>
/// <param name="Offset">Rows that came on the pages before.</param>
/// <param name="Info">What is known of the answer before its rows.</param>
internal sealed record Hearing(DbConnection Connection, Snapshot Snapshot, OutputFormat Format, int? Limit, int Offset, ResultInfo Info)
{
    /// <summary>Makes the cursor of the page that begins after so many rows.</summary>
    public required Func<int, string> CursorAt { get; init; }

    /// <summary>What a query rests on, as of the snapshot: read, or remembered of another question.</summary>
    public required Func<QueryRequest, DbConnection, CancellationToken, Task<Coverage>> Coverage { get; init; }

    /// <summary>The next page's, once the rows are written; null where there is none.</summary>
    public string? Next { get; set; }
}

/// <summary>A question whose answer is a table.</summary>
public sealed class TableQuestion : Question
{
    /// <summary>Opens the rows, from the place and as many as it is told, null for all.</summary>
    public required Func<DbConnection, Snapshot, RowRange, CancellationToken, Task<DbResult>> Open { get; init; }

    /// <summary>The query that says what the answer rests on; null where that means nothing.</summary>
    public QueryRequest? RestsOn { get; init; }

    /// <summary>Reads what else a reader must know, a sentence each.</summary>
    public Func<DbConnection, CancellationToken, Task<IReadOnlyList<string>>>? Notes { get; init; }

    /// <summary>False of a table that only makes sense whole.</summary>
    public bool HasPages { get; init; } = true;

    public override bool IsTable => true;

    internal override async Task WriteAsync(Hearing hearing, Stream output, CancellationToken cancellationToken)
    {
        var (connection, snapshot, format, limit, offset, info) = hearing;
        var says = OutputFormatInfo.Get(format).HasInfo;
        IReadOnlyList<string> notes = Notes is null || !says ? [] : await Notes(connection, cancellationToken);
        info = info with
        {
            Coverage = RestsOn is null || !says ? null : await hearing.Coverage(RestsOn, connection, cancellationToken),
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
                hearing.Next = hearing.CursorAt(offset + rows);
                break;
            }

            await writer.WriteAsync(result.Rows, cancellationToken);
            rows++;
        }

        await writer.EndAsync(info with { Next = hearing.Next, Notes = [.. info.Notes, .. Cut(hearing, rows)] }, cancellationToken);
    }

    private static IEnumerable<string> Cut(Hearing hearing, int rows) => hearing.Next is null
        ? []
        : [FormattableString.Invariant($"There are more rows than these {rows}: next is the cursor of the page after this one.")];

    private static string Sentence(string note) => note.Length > 0 ? char.ToUpperInvariant(note[0]) + note[1..] : note;
}

/// <summary>Which rows.</summary>
/// <param name="Limit">How many at the most; null for all.</param>
/// <param name="Offset">How many are passed over first.</param>
public readonly record struct RowRange(int? Limit, int Offset);

/// <summary>A question whose answer is one document.</summary>
public sealed class DocumentQuestion<T>(JsonTypeInfo<T> type, Func<DbConnection, Snapshot, CancellationToken, Task<T>> read) : Question
{
    public override bool IsTable => false;

    internal override async Task WriteAsync(Hearing hearing, Stream output, CancellationToken cancellationToken)
    {
        var document = await read(hearing.Connection, hearing.Snapshot, cancellationToken);
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WritePropertyName("data");
        JsonSerializer.Serialize(json, document, type);
        JsonMeta.Write(json, hearing.Info);
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
