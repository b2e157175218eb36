using System.Text;
using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Loading.Studios;

/// <summary>Reads lists of studios: CSV files with the columns <c>studio,company,from,to,source</c>.</summary>
public static class StudioFile
{
    /// <summary>The name of the bundled list in messages and in the source of snapshots.</summary>
    public const string BundledName = "bundled studios.csv";

    /// <summary>The option value that stands for an empty list.</summary>
    public const string None = "none";

    /// <summary>The columns, in the order of an export.</summary>
    public static readonly IReadOnlyList<string> Columns = ["studio", "company", "from", "to", "source"];

    /// <summary>Reads the list that comes with the program.</summary>
    public static async Task<IReadOnlyList<StudioLine>> ReadBundledAsync(CancellationToken cancellationToken)
    {
        var stream = typeof(StudioFile).Assembly.GetManifestResourceStream("studios.csv") ?? throw new InvalidOperationException("the list of studios is not embedded");
        await using (stream.ConfigureAwait(false))
        {
            return await ReadAsync(stream, BundledName, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a file. Throws like <see cref="ReadAsync(Stream, string, CancellationToken)"/>.</summary>
    public static async Task<IReadOnlyList<StudioLine>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var stream = File.OpenRead(path);
            await using (stream.ConfigureAwait(false))
            {
                return await ReadAsync(stream, path, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"{path}: {error.Message} Check the path of the list of studios.", error);
        }
    }

    /// <summary>Reads and checks a list. Throws <see cref="StudioListException"/> with all problems; then nothing of the list is used.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<IReadOnlyList<StudioLine>> ReadAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        var lines = await ReadLinesAsync(stream, name, cancellationToken).ConfigureAwait(false);
        var problems = StudioListChecks.Check(lines);
        return problems.Count == 0 ? [.. lines.Select(line => line.Line)] : throw new StudioListException(name, problems);
    }

    /// <summary>Reads a list with the numbers of its lines, without checking it.</summary>
    public static async Task<IReadOnlyList<(int Number, StudioLine Line)>> ReadLinesAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        var reader = new RecordReader(stream, name);
        var header = (await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false)).Select(column => column.Trim().ToLowerInvariant()).ToList();
        var columns = Columns.Select(column => header.IndexOf(column)).ToArray();
        if (Array.IndexOf(columns, -1) is >= 0 and var missing)
        {
            throw new LedgerException($"{name} has no column '{Columns[missing]}': a list of studios begins with the line {string.Join(',', Columns)}.");
        }

        var lines = new List<(int, StudioLine)>();
        await foreach (var batch in reader.ReadBatchesAsync(cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var record = batch[i];
                    if (!record.IsEmpty)
                    {
                        lines.Add((record.Line, ReadLine(record, columns)));
                    }
                }
            }
        }

        return lines;
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
