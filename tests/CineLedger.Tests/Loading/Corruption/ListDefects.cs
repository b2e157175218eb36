using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Genres and companies that are lost, replaced or spelled differently.</summary>
internal static class ListDefects
{
    private static readonly string[] Columns = ["genres", "production_companies"];

    public static IEnumerable<Defect> All =>
    [
        .. Columns.SelectMany(CreateForColumn),

        // The most frequent genre under a second name, in half of its movies. Other suppliers call genres differently.
        new("one genre in two spellings", "genres") { Rows = (table, random) => RenameMostFrequent(table, "genres", 0.5, random) },
        new("the most frequent genre lost", "genres")
        {
            Rows = (table, _) => table.Change(
                "genres", list => ListText.ChangeEntries(list, entries => entries.Where(entry => !entry.Contains("'Drama'", StringComparison.Ordinal)))),
        },
        new("companies lost for the best-known half", "production_companies") { Rows = (table, _) => LoseForWellKnown(table) },
        new("country codes lower-case", "production_countries")
        {
            Rows = (table, _) => table.Change("production_countries", list => list.Replace("'US'", "'us'", StringComparison.Ordinal).Replace("'GB'", "'gb'", StringComparison.Ordinal)),
        },
    ];

    private static IEnumerable<Defect> CreateForColumn(string column)
    {
        // One name in nearly every movie, hundreds of names that differ by case only, and lists without an end are evident.
        yield return Change("all identical", column, _ => column == "genres" ? "[{'id': 18, 'name': 'Drama'}]" : "[{'name': 'Warner Bros.', 'id': 6194}]") with { IsEvident = true };
        yield return Change("upper-case in half of the movies", column, list => ListText.ChangeNames(list, ToUpper), share: 0.5) with { IsEvident = true };
        yield return Change("cut in the middle", column, list => list.Length > 2 ? list[..(list.Length / 2)] : list) with { IsEvident = true };

        // Intact files of other suppliers have one name per movie, lists for some movies only, numbers, or names in their own style.
        yield return Change("truncated to the first entry", column, list => ListText.ChangeEntries(list, entries => entries.Take(1)));
        yield return Change("lost for a third of the movies", column, _ => "[]", share: 1.0 / 3);
        yield return Change("lower-case", column, list => ListText.ChangeNames(list, ToLower));
        yield return Change("prefixed", column, list => ListText.ChangeNames(list, name => "The " + name));
        yield return Change(
            "truncated to four characters", column,
            list => ListText.ChangeNames(list, name => name.Contains('\\', StringComparison.Ordinal) ? name : name[..Math.Min(4, name.Length)]));
        yield return Change("joined to one name", column, list => list.Length > 2 ? $"[{{'id': 1, 'name': \"{string.Join(", ", ListText.GetNames(list)).Replace("\"", "", StringComparison.Ordinal)}\"}}]" : list);
        yield return Change("named by number", column, list => ListText.ChangeEntries(list, entries => entries.Select(entry => ListText.ChangeNames(entry, _ => GetNumber(entry)))));

        // White space around a name and repeated entries do not change the movie.
        yield return Change("with a trailing blank", column, list => ListText.ChangeNames(list, name => name + " "));
        yield return Change("with a trailing no-break space", column, list => ListText.ChangeNames(list, name => name + "\u00a0"));
        yield return Change("listed twice", column, list => ListText.ChangeEntries(list, entries => entries.SelectMany(entry => (string[])[entry, entry])));
    }

    private static Defect Change(string name, string column, Func<string, string> change, double share = 1) => new($"{column} {name}", column)
    {
        Rows = (table, random) => table.Change(column, change, share < 1 ? MovieTable.SelectShare(share, random) : null),
    };

    /// <summary>Changes the case of a name as written. Names with escapes stay unchanged, because \xa0 is not \XA0.</summary>
    private static string ToUpper(string name) => name.Contains('\\', StringComparison.Ordinal) ? name : name.ToUpperInvariant();

    private static string ToLower(string name) =>
        name.Contains('\\', StringComparison.Ordinal) ? name : string.Create(name.Length, name, (to, from) => from.AsSpan().ToLowerInvariant(to));

    private static string GetNumber(string entry) => new([.. entry[(entry.IndexOf("'id': ", StringComparison.Ordinal) + 6)..].TakeWhile(char.IsAsciiDigit)]);

    private static void RenameMostFrequent(MovieTable table, string column, double share, Random random)
    {
        var name = table.GetValues(column).SelectMany(ListText.GetNames).CountBy(name => name).MaxBy(pair => pair.Value).Key;
        table.Change(column, list => ListText.ChangeNames(list, other => other == name ? name + " Movies" : other), MovieTable.SelectShare(share, random));
    }

    private static void LoseForWellKnown(MovieTable table)
    {
        var at = table["vote_count"];
        var median = table.Rows.Select(GetVotes).Order().ElementAt(table.Rows.Count / 2);
        table.Change("production_companies", _ => "[]", row => GetVotes(row) > median);

        decimal GetVotes(string[] row) => NumberDefects.TryRead(row[at], out var votes) ? votes : 0;
    }
}
