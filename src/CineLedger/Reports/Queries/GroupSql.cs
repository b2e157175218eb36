namespace CineLedger.Reports.Queries;

/// <summary>Groups films by the keys of a query's dimensions: numbers first, since comparing them is many times cheaper than names.</summary>
internal sealed class GroupSql
{
    private readonly QueryRequest _query;
    private readonly string _snapshot;
    private readonly LinkKey[] _links;
    private readonly Dictionary<int, string[]> _rowFilters;

    public GroupSql(QueryRequest query, SqlText sql, string snapshot)
    {
        _query = query;
        _snapshot = snapshot;
        _links = [.. query.By.Select((dimension, i) => dimension.Links is { } links ? new LinkKey(i, links) : null).OfType<LinkKey>()];
        _rowFilters = _links.ToDictionary(link => link.Index, link => RowFilters(query.By[link.Index], link.Links, sql).ToArray());
    }

    /// <summary>Names a row's key in whatever table it is in.</summary>
    public static string Key(int dimension) => FormattableString.Invariant($"k{dimension}");

    /// <summary>The common table <paramref name="name"/> of the groups of <paramref name="film"/>: keys and measures.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="film">The table of films.</param>
    /// <param name="uses">The measures, each once.</param>
    /// <param name="filtered">Only rows of the names that are asked for; else all of them, to be ranked.</param>
    public string Table(string name, string film, IEnumerable<MeasureUse> uses, bool filtered)
    {
        var shared = _query.Share == Share.Equal;
        var measures = new MeasureSql(_query, shared ? [.. _links.Select(link => link.Links.Counts(Alias(link.Index)))] : []);
        var keys = _query.By.Select((dimension, i) => KeyOf(dimension, i)).ToList();
        string[] columns = [.. keys.Select((key, i) => $"{key} AS {Key(i)}"), .. uses.Select(use => $"{measures.Of(use)} AS {use.Column}")];
        return $"""
            {name} AS (
                SELECT {string.Join(",\n           ", columns)}
                FROM {film} f{Joins(_links, shared)}{Where(filtered ? _links.SelectMany(link => RowConditions(link.Index, Alias(link.Index))) : [])}{GroupBy(keys)})
            """;
    }

    /// <summary>The common table of how many films each name of one dimension has, whatever other names rows have.</summary>
    public string Releases(Dimension dimension)
    {
        var at = _query.By.ToList().IndexOf(dimension);
        var own = _links.Where(link => link.Index == at).ToArray();
        var keys = OwnKeys(at).Select(i => (i, Key: KeyOf(_query.By[i], i))).ToList();
        return $"""
            {dimension.Name}_films AS (
                SELECT {string.Join(", ", keys.Select(key => $"{key.Key} AS {Key(key.i)}"))}, COUNT(*) AS releases
                FROM film f{Joins(own, counted: false)}{Where(RowConditions(at, Alias(at)))}{GroupBy([.. keys.Select(key => key.Key)])})
            """;
    }

    /// <summary>The keys of <see cref="Releases"/>: those that films themselves have, and the dimension's.</summary>
    public IEnumerable<int> OwnKeys(int dimension) => Enumerable.Range(0, _query.By.Count).Where(i => i == dimension || _query.By[i].Links is null);

    /// <summary>What is asked of a row of groups <c>g</c>, for where all were ranked.</summary>
    public string RowsOf(string groups) =>
        Where(_links.SelectMany(link => _rowFilters[link.Index].Select(filter => $"{groups}.{Key(link.Index)} {filter}")));

    /// <summary>True of films that stand in any row.</summary>
    public IEnumerable<string> Stands(string film) =>
        _links.Select(link => link.Links.Exists(film, _snapshot, RowConditions(link.Index, "x")));

    private IEnumerable<string> RowConditions(int dimension, string alias) =>
        _rowFilters[dimension].Select(filter => $"{alias}.{_query.By[dimension].Links!.Number} {filter}");

    private static string KeyOf(Dimension dimension, int i) =>
        dimension.Links is { } links ? $"{Alias(i)}.{links.Number}" : FormattableString.Invariant($"f.d{i}");

    private static string Alias(int dimension) => FormattableString.Invariant($"l{dimension}");

    private string Joins(IEnumerable<LinkKey> links, bool counted) =>
        string.Concat(links.Select(link => $"\n    {link.Links.Join(Alias(link.Index), _snapshot, counted)}"));

    internal static string Where(IEnumerable<string> conditions) =>
        string.Join(" AND ", conditions) is { Length: > 0 } all ? $"\n    WHERE {all}" : "";

    private static string GroupBy(List<string> keys) => keys.Count == 0 ? "" : $"\n    GROUP BY {string.Join(", ", keys)}";

    private IEnumerable<string> RowFilters(Dimension dimension, LinkTable links, SqlText sql)
    {
        foreach (var group in _query.Where.Where(filter => filter.Field.Dimension == dimension).GroupBy(filter => filter.Operator))
        {
            if (group.Key is FilterOperator.Equal or FilterOperator.NotEqual)
            {
                var names = string.Join(", ", group.Select(filter => sql.Add(filter.Value)));
                yield return $"{(group.Key == FilterOperator.NotEqual ? "NOT " : "")}IN ({links.Numbers(names)})";
            }
        }
    }

    /// <summary>A class, as LINQ over values of our own would be compiled anew at every start.</summary>
    private sealed record LinkKey(int Index, LinkTable Links);
}
