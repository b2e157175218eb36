using System.Text.Encodings.Web;
using System.Text.Json;
using CineLedger.Model;

namespace CineLedger.Export.Snapshots;

/// <summary>
/// The description of an export: the snapshot, the program, and the files or tables. In a folder it is a JSON file, in a single file a table. It also marks
/// an earlier export, which may be replaced.
/// </summary>
internal static class ExportManifest
{
    public const string FileName = "manifest.json";

    private const string Kind = "cineledger-export";

    /// <summary>The names of the tables that every single file has in addition to the ledger's.</summary>
    public static readonly string[] Tables = ["data_dictionary", "manifest"];

    /// <summary>Gets the definition of the table.</summary>
    public static ExportTable Table { get; } = new(
        Tables[1],
        "The tables of this export.",
        [
            new("table_name", "TEXT", false, "the table"),
            new("rows", "BIGINT", false, "its number of rows"),
            new("snapshot_id", "INTEGER", false, "the snapshot"),
            new("published_at", "TIMESTAMP", false, "when the snapshot was published, UTC"),
            new("source", "TEXT", false, "where the dataset came from"),
            new("synthetic", "BOOLEAN", false, "true for generated data, whose numbers are invented"),
            new("written_by", "TEXT", false, "the program and its version"),
        ],
        "");

    private static string Program => $"CineLedger {ProductVersion.Text}";

    public static IEnumerable<object?[]> EnumerateRows(Snapshot snapshot, IEnumerable<ExportedTable> tables) => tables.Select(
        table => new object?[] { table.Name, table.Rows, (long)snapshot.Id, snapshot.PublishedAt, snapshot.Source, snapshot.Synthetic, Program });

    public static async Task WriteAsync(string folder, string format, Snapshot snapshot, IReadOnlyList<ExportedTable> tables, CancellationToken cancellationToken)
    {
        var stream = File.Create(Path.Combine(folder, FileName));
        await using (stream.ConfigureAwait(false))
        {
            var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            await using (json.ConfigureAwait(false))
            {
                json.WriteStartObject();
                json.WriteString("kind", Kind);
                json.WriteString("format", format);
                json.WriteNumber("snapshot", snapshot.Id);
                json.WriteString("publishedAt", ReaderExtensions.FormatTime(snapshot.PublishedAt));
                json.WriteString("source", snapshot.Source);
                json.WriteBoolean("synthetic", snapshot.Synthetic);
                json.WriteString("writtenBy", Program);
                json.WriteStartArray("files");
                foreach (var table in tables)
                {
                    json.WriteStartObject();
                    json.WriteString("file", table.File);
                    json.WriteNumber("rows", table.Rows);
                    json.WriteNumber("bytes", table.Bytes);
                    json.WriteString("sha256", table.Sha256);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                await json.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Returns the names of the files of an earlier export in a folder; null if there is none.</summary>
    public static async Task<IReadOnlyList<string>?> ReadFilesAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, FileName), cancellationToken).ConfigureAwait(false));
            return manifest.RootElement.GetProperty("kind").GetString() == Kind
                ? [FileName, .. manifest.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("file").GetString()!)]
                : null;
        }
        catch (Exception error) when (error is FileNotFoundException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>A table that was written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Its number of rows.</param>
internal sealed record ExportedTable(string Name, long Rows)
{
    /// <summary>Gets the name of its file; empty in a single file, like the following.</summary>
    public string File { get; init; } = "";

    public long Bytes { get; init; }

    public string Sha256 { get; init; } = "";
}
