using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Quotes, delimiters and line ends that are lost or inserted.</summary>
internal static class RecordDefects
{
    /// <summary>
    /// A tenth of the records is more than the default limit of rejected records allows; a thousandth is less and leaves a finding for each. Over a ledger, both
    /// must be stopped or repaired, because movies that it holds would disappear.
    /// </summary>
    private static readonly (string Name, double Share)[] Shares = [("a thousandth", 0.001), ("a tenth", 0.1)];

    public static IEnumerable<Defect> All =>
    [
        .. Shares.SelectMany(share => CreateForShare(share.Name, share.Share)),
        new("a delimiter added in a thousandth of the records") { Records = (records, random) => ChangeAll(records, 0.001, random, (record, draw) => InsertAtDelimiter(record, ",", draw)) },
        new("all quotes lost") { IsEvident = true, Records = (records, _) => ChangeAll(records, 1, new(0), (record, _) => record.Replace("\"", "", StringComparison.Ordinal)) },
        new("records cut to 500 characters") { IsEvident = true, Records = (records, _) => ChangeAll(records, 1, new(0), (record, _) => record[..Math.Min(500, record.Length)]) },
        new("every second line missing") { Records = RemoveEverySecondLine },

        // A line break between the entries of a list changes nothing if lists are read by their syntax; one inside a name spoils the record.
        .. from column in (string[])["genres", "production_companies"]
           select new Defect($"line breaks in {column}", column)
           {
               IsEvident = true,
               Rows = (table, random) => table.Change(
                   column,
                   list => list.EndsWith("}]", StringComparison.Ordinal) ? list.Replace(", '", ",\n'", StringComparison.Ordinal) : list,
                   MovieTable.SelectShare(0.5, random)),
           },
        .. from column in (string[])["genres", "production_companies"]
           select new Defect($"line breaks in the names of {column}")
           {
               IsEvident = true,
               Rows = (table, random) => table.Change(column, list => ListText.ChangeNames(list, name => name.Insert(name.Length / 2, "\n")), MovieTable.SelectShare(0.5, random)),
           },
    ];

    private static IEnumerable<Defect> CreateForShare(string name, double share)
    {
        var evident = share > 0.01;
        yield return Change($"a quote lost in {name} of the records", (record, random) => RemoveAny(record, '"', random));
        yield return Change($"all quotes lost in {name} of the records", (record, _) => record.Replace("\"", "", StringComparison.Ordinal));
        yield return Change($"a delimiter lost in {name} of the records", RemoveDelimiter);
        yield return Change($"half of the text lost in {name} of the records", (record, _) => record[..(record.Length / 2)]);
        yield return Change($"a line break added in {name} of the records", (record, random) => InsertAtDelimiter(record, "\n", random));
        yield return new Defect($"{name} of the records joined to the next one") { IsEvident = evident, Records = (records, random) => JoinToNext(records, share, random) };

        Defect Change(string title, Func<string, Random, string> change) => new(title)
        {
            IsEvident = evident,
            Records = (records, random) => ChangeAll(records, share, random, change),
        };
    }

    /// <summary>Changes a share of the records after the header, rounded up.</summary>
    private static void ChangeAll(List<string> records, double share, Random random, Func<string, Random, string> change)
    {
        foreach (var at in Choose(records.Count, share, random))
        {
            records[at] = change(records[at], random);
        }
    }

    private static IEnumerable<int> Choose(int count, double share, Random random)
    {
        var places = Enumerable.Range(1, count - 1).ToArray();
        random.Shuffle(places);
        return places.Take((int)Math.Ceiling((count - 1) * share)).OrderDescending();
    }

    private static string RemoveAny(string record, char removed, Random random)
    {
        var places = Enumerable.Range(0, record.Length).Where(at => record[at] == removed).ToArray();
        return places.Length == 0 ? record : record.Remove(places[random.Next(places.Length)], 1);
    }

    private static string RemoveDelimiter(string record, Random random)
    {
        var places = GetDelimiters(record);
        return record.Remove(places[random.Next(places.Count)], 1);
    }

    private static string InsertAtDelimiter(string record, string text, Random random)
    {
        var places = GetDelimiters(record);
        return record.Insert(places[random.Next(places.Count)], text);
    }

    /// <summary>Returns the positions of the commas outside quotes.</summary>
    private static List<int> GetDelimiters(string record)
    {
        var (places, isQuoted) = (new List<int>(), false);
        for (var at = 0; at < record.Length; at++)
        {
            isQuoted ^= record[at] == '"';
            if (!isQuoted && record[at] == ',')
            {
                places.Add(at);
            }
        }

        return places;
    }

    private static void JoinToNext(List<string> records, double share, Random random)
    {
        foreach (var at in Choose(records.Count - 1, share, random))
        {
            records[at] += records[at + 1];
            records.RemoveAt(at + 1);
        }
    }

    private static void RemoveEverySecondLine(List<string> records, Random random)
    {
        var lines = string.Join('\n', records).Split('\n');
        records.Clear();
        records.AddRange(lines.Where((_, at) => at % 2 == 0));
    }
}
