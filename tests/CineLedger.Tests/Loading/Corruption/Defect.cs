using System.Text;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>One way to damage a movies file.</summary>
/// <param name="Name">A short phrase, unique among the defects.</param>
/// <param name="Columns">The damaged columns, of which a message must name at least one; empty if the damage concerns records rather than columns.</param>
internal sealed record Defect(string Name, params string[] Columns)
{
    /// <summary>
    /// Whether the file alone shows the damage, so that a first load must be stopped too. Defects that another supplier's intact file could equally show are not
    /// evident, such as a list with one name per movie.
    /// </summary>
    public bool IsEvident { get; init; }

    /// <summary>Damages the values.</summary>
    public Action<MovieTable, Random> Rows { get; init; } = (_, _) => { };

    /// <summary>Damages the text of the records, of which the first is the header.</summary>
    public Action<List<string>, Random> Records { get; init; } = (_, _) => { };

    /// <summary>Damages the text of the file; null to leave it as it is, in UTF-8.</summary>
    public Func<string, byte[]>? Encode { get; init; }

    /// <summary>Returns a damaged file. The same seed always gives the same file.</summary>
    public byte[] Apply(MovieTable intact, int seed)
    {
        var (table, random) = (intact.Copy(), new Random(seed));
        Rows(table, random);
        var records = table.ToRecords();
        Records(records, random);
        var text = new StringBuilder(records.Sum(record => record.Length + 1));
        foreach (var record in records)
        {
            text.Append(record).Append('\n');
        }

        return Encode is null ? Encoding.UTF8.GetBytes(text.ToString()) : Encode(text.ToString());
    }

    public override string ToString() => Name;
}
