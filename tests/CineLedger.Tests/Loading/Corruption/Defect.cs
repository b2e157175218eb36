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

    /// <summary>Damages the values; null to leave them as they are.</summary>
    public Action<MovieTable, Random>? Rows { get; init; }

    /// <summary>Damages the text of the records, of which the first is the header; null to leave it as it is.</summary>
    public Action<List<string>, Random>? Records { get; init; }

    /// <summary>Damages the text of the file; null to leave it as it is, in UTF-8.</summary>
    public Func<string, byte[]>? Encode { get; init; }

    /// <summary>Returns a damaged file. The same seed always gives the same file.</summary>
    public byte[] Apply(MovieTable intact, int seed)
    {
        var (table, random) = (Rows is null ? intact : intact.Copy(), new Random(seed));
        Rows?.Invoke(table, random);
        var text = Records is null ? table.ToText() : DamageRecords(table, random);
        return Encode is null ? Encoding.UTF8.GetBytes(text) : Encode(text);
    }

    private string DamageRecords(MovieTable table, Random random)
    {
        var records = table.ToRecords();
        Records!(records, random);
        return string.Join('\n', records) + "\n";
    }

    public override string ToString() => Name;
}
