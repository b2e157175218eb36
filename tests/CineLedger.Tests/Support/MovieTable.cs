using System.IO.Compression;
using System.Text;
using CineLedger.Sources;

namespace CineLedger.Tests.Support;

/// <summary>The records of a movies file as text, for tests that change or damage a whole file.</summary>
internal sealed class MovieTable
{
    private MovieTable(List<string> columns, List<string[]> rows) => (Columns, Rows) = (columns, rows);

    public List<string> Columns { get; private set; }

    public List<string[]> Rows { get; set; }

    /// <summary>Columns whose values are written without quotes, even if they contain a comma.</summary>
    public HashSet<string> UnquotedColumns { get; } = [];

    /// <summary>The position of a column.</summary>
    public int this[string column] => Columns.IndexOf(column) is >= 0 and var at ? at : throw new ArgumentException($"no column {column}", nameof(column));

    /// <summary>Reads CSV and fails unless every record has the header's number of fields.</summary>
    public static MovieTable Read(string text)
    {
        var rows = CsvText.Read(text);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        return new([.. rows[0]], rows[1..]);
    }

    /// <summary>Returns the text of the movies file in a dataset's zip.</summary>
    public static async Task<string> ReadZipAsync(Stream zip, CancellationToken cancellationToken)
    {
        await using var archive = new ZipArchive(zip, ZipArchiveMode.Read);
        using var reader = new StreamReader(await archive.GetEntry(DatasetFiles.Movies)!.OpenAsync(cancellationToken), new UTF8Encoding(false, throwOnInvalidBytes: true));
        return await reader.ReadToEndAsync(cancellationToken);
    }

    public MovieTable Copy() => new([.. Columns], [.. Rows.Select(row => (string[])row.Clone())]);

    /// <summary>Returns the header and the records as text without line ends.</summary>
    public List<string> ToRecords() => [CsvText.Row(Columns), .. Rows.Select(CsvText.Row)];

    public string ToText()
    {
        var text = new StringBuilder(CsvText.Row(Columns)).Append('\n');
        var isQuoted = Columns.Select(column => !UnquotedColumns.Contains(column)).ToArray();
        foreach (var row in Rows)
        {
            for (var at = 0; at < row.Length; at++)
            {
                text.Append(isQuoted[at] ? CsvText.Escape(row[at]) : row[at]).Append(at == row.Length - 1 ? '\n' : ',');
            }
        }

        return text.ToString();
    }

    /// <summary>Changes the values of a column, optionally in some of the rows.</summary>
    public void Change(string column, Func<string, string> change, Func<string[], bool>? where = null)
    {
        var at = this[column];
        foreach (var row in Rows.Where(where ?? (_ => true)))
        {
            row[at] = change(row[at]);
        }
    }

    /// <summary>Returns the values of a column, from the first row to the last.</summary>
    public string[] GetValues(string column)
    {
        var at = this[column];
        return [.. Rows.Select(row => row[at])];
    }

    /// <summary>Replaces the values of a column.</summary>
    public void SetValues(string column, IReadOnlyList<string> values)
    {
        var (at, next) = (this[column], 0);
        Change(column, _ => values[next++]);
        Assert.Equal((Rows.Count, values[0]), (next, Rows[0][at]));
    }

    /// <summary>Returns a condition that a random share of the rows meets.</summary>
    public static Func<string[], bool> SelectShare(double share, Random random) => _ => random.NextDouble() < share;

    /// <summary>Returns a condition that the movies of a random decade meet, chosen among those with at least a twentieth of all movies.</summary>
    public Func<string[], bool> SelectDecade(Random random)
    {
        var date = this["release_date"];
        string[] decades =
        [
            .. Rows.Where(row => row[date].Length == 10).GroupBy(row => row[date][..3]).Where(decade => decade.Count() * 20 >= Rows.Count)
                .Select(decade => decade.Key).Order(StringComparer.Ordinal),
        ];
        var chosen = decades[random.Next(decades.Length)];
        return row => row[date].StartsWith(chosen, StringComparison.Ordinal);
    }
}
