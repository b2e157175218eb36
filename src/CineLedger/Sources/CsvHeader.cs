using System.Text;

namespace CineLedger.Sources;

/// <summary>
/// The first line of a CSV file, read only as far as it takes to tell which file of the dataset it is: a download or a pipe
/// has no name to go by, and people rename files.
/// </summary>
internal static class CsvHeader
{
    // A spreadsheet may have saved with semicolons or tabs; whichever splits most is it.
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>The column names in their order, in lower case and without quotes.</summary>
    public static string[] ParseColumns(ReadOnlySpan<byte> head)
    {
        head = head.StartsWith(Encoding.UTF8.Preamble) ? head[Encoding.UTF8.Preamble.Length..] : head;
        var end = head.IndexOfAny((byte)'\n', (byte)'\r');
        var line = Encoding.UTF8.GetString(end < 0 ? head : head[..end]);

        var names = Separators.Select(separator => line.Split(separator)).MaxBy(names => names.Length)!;
        return Array.ConvertAll(names, name => name.Trim().Trim('"').Trim().ToLowerInvariant());
    }
}
