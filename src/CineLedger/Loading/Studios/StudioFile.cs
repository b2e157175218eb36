using System.Text;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources.Decoding;

namespace CineLedger.Loading.Studios;

/// <summary>Reads lists of studios: CSV files with the columns <c>studio,company,from,to,source</c>.</summary>
public static class StudioFile
{
    /// <summary>The name of the bundled list in messages and in the source of snapshots.</summary>
    public const string BundledName = "bundled studios.csv";

    /// <summary>The option value that stands for an empty list.</summary>
    public const string None = "none";

    /// <summary>The largest list that is read, in bytes: a hundred times the bundled one.</summary>
    public const int MaxBytes = 8 << 20;

    /// <summary>The columns, in the order of an export.</summary>
    public static readonly IReadOnlyList<string> Columns = ["studio", "company", "from", "to", "source"];

    /// <summary>Returns the list that has no lines.</summary>
    public static StudioListFile Empty { get; } = new("no studios", [], []);

    /// <summary>Reads the list that comes with the program. It is valid, so that a load does not check it again.</summary>
    public static async Task<IReadOnlyList<StudioLine>> ReadBundledAsync(CancellationToken cancellationToken)
    {
        var stream = OpenBundled();
        await using (stream.ConfigureAwait(false))
        {
            return [.. (await ParseAsync(stream, BundledName, cancellationToken).ConfigureAwait(false)).Lines.Select(entry => entry.Line)];
        }
    }

    /// <summary>Reads and checks the list that comes with the program.</summary>
    public static async Task<StudioListFile> OpenBundledAsync(CancellationToken cancellationToken)
    {
        var stream = OpenBundled();
        await using (stream.ConfigureAwait(false))
        {
            return await OpenAsync(stream, BundledName, cancellationToken).ConfigureAwait(false) with { IsBundled = true };
        }
    }

    /// <summary>Reads a file. Throws <see cref="LedgerException"/> if it cannot be read.</summary>
    public static async Task<StudioListFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var stream = File.OpenRead(path);
            await using (stream.ConfigureAwait(false))
            {
                return await OpenAsync(stream, path, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new LedgerException($"{path} cannot be read: {error.Message.TrimEnd('.')}. Check the path of the list of studios.", error);
        }
    }

    /// <summary>Reads and checks a list. Throws <see cref="LedgerException"/> if it cannot be read at all.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<StudioListFile> OpenAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        var (lines, problems) = await ParseAsync(stream, name, cancellationToken).ConfigureAwait(false);
        return new(name, lines, StudioListChecks.SortByLine(problems.Concat(StudioListChecks.Check(lines))));
    }

    private static Stream OpenBundled() =>
        typeof(StudioFile).Assembly.GetManifestResourceStream("studios.csv") ?? throw new InvalidOperationException("the list of studios is not embedded");

    /// <summary>Returns the lines of a list, and the problems of single lines.</summary>
    private static async Task<(List<(int Number, StudioLine Line)> Lines, List<string> Problems)> ParseAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        var content = await BufferAsync(stream, name, cancellationToken).ConfigureAwait(false);
        var text = new TextStream(OpenContent(), name, OpenContent, declared: null);
        await using (text.ConfigureAwait(false))
        {
            var reader = new RecordReader(text, name);
            var header = (await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false)).Select(column => column.ToLowerInvariant()).ToList();
            var problems = CheckHeader(header, reader.HeaderLine).ToList();
            var lines = problems.Count == 0 ? await ReadLinesAsync(reader, header, problems, cancellationToken).ConfigureAwait(false) : [];
            return (lines, problems);
        }

        MemoryStream OpenContent() => new(content);
    }

    private static async Task<byte[]> BufferAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var block = new byte[64 << 10];
        int read;
        while ((read = await stream.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
        {
            content.Write(block, 0, read);
            if (content.Length > MaxBytes)
            {
                throw new SourceTooLargeException($"{name} is larger than {MaxBytes >> 20} MB, the limit for a list of studios.");
            }
        }

        return content.ToArray();
    }

    private static IEnumerable<string> CheckHeader(List<string> header, int line)
    {
        foreach (var missing in Columns.Where(column => !header.Contains(column)))
        {
            yield return FormattableString.Invariant($"line {line}: there is no column '{missing}'; a list of studios begins with the line {string.Join(',', Columns)}.");
        }

        foreach (var other in header.Where(column => column.Length > 0 && !Columns.Contains(column)).Concat(Columns.Where(column => header.Count(name => name == column) > 1)))
        {
            yield return FormattableString.Invariant($"line {line}: the column '{other}' is unknown or repeated; the columns are {string.Join(',', Columns)}.");
        }
    }

    private static async Task<List<(int Number, StudioLine Line)>> ReadLinesAsync(
        RecordReader reader, List<string> header, List<string> problems, CancellationToken cancellationToken)
    {
        var columns = Columns.Select(column => header.IndexOf(column)).ToArray();
        var lines = new List<(int, StudioLine)>();
        await foreach (var batch in reader.ReadBatchesAsync(cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var record = batch[i];
                    if (FindDefect(record, header.Count) is { } defect)
                    {
                        problems.Add(FormattableString.Invariant($"line {record.Line}: {defect}"));
                    }
                    else if (!record.IsEmpty)
                    {
                        lines.Add((record.Line, ReadLine(record, columns)));
                    }
                }
            }
        }

        return lines;
    }

    private static string? FindDefect(RecordView record, int expected)
    {
        if (record.Defect != RecordDefect.None)
        {
            return record.Defect == RecordDefect.RepeatedHeader ? "the header is repeated." : "a quote is never closed.";
        }

        for (var i = expected; i < record.FieldCount; i++)
        {
            if (!record[i].IsEmpty)
            {
                return FormattableString.Invariant($"there are {record.FieldCount} values, but {expected} columns; put a name that contains a comma in quotes.");
            }
        }

        return record.IsEmpty || record.FieldCount >= expected ? null
            : FormattableString.Invariant($"there are {record.FieldCount} values, but {expected} columns; leave an unknown date empty.");
    }

    private static StudioLine ReadLine(RecordView record, int[] columns)
    {
        var values = new string[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            values[i] = Encoding.UTF8.GetString(record[columns[i]]).Trim();
        }

        return new(values[0], values[1], values[2].Length == 0 ? null : values[2], values[3].Length == 0 ? null : values[3], values[4]);
    }
}
