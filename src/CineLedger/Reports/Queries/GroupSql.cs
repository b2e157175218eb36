namespace CineLedger.Reports.Queries;

/// <summary>Groups movies by the keys of a query's dimensions. Names are grouped by ID, because comparing numbers is many times cheaper.</summary>
internal sealed class GroupSql
{
    private readonly QueryRequest _query;
    private readonly string _snapshot;
    private readonly bool _fromTotals;
    private readonly Dimension[] _dimensions;
    private readonly LinkKey[] _links;
    private readonly LinkKey[] _required;
    private readonly Dictionary<int, string[]> _rowFilters;

    /// <param name="query">The query.</param>
    /// <param name="sql">The statement that receives the values of conditions.</param>
    /// <param name="snapshot">The placeholder of the snapshot ID.</param>
    /// <param name="fromTotals">Whether the tables of movies hold totals: see <see cref="TotalsSql"/>.</param>
    public GroupSql(QueryRequest query, SqlBuilder sql, string snapshot, bool fromTotals = false)
    {
        _query = query;
        _snapshot = snapshot;
        _fromTotals = fromTotals;
        _dimensions = [.. query.AllDimensions];
        var links = _dimensions.Select((dimension, i) => dimension.Links is { } links ? new LinkKey(i, links) : null).OfType<LinkKey>().ToList();
        _links = [.. links.Where(link => link.Index < query.By.Count)];
        _required = [.. links.Skip(_links.Length)];
        _rowFilters = _dimensions.Select((dimension, i) => (dimension, i)).Where(at => !at.dimension.IsTime && (at.i < query.By.Count || at.dimension.Links is not null))
            .ToDictionary(at => at.i, at => BuildRowFilters(at.dimension, sql).ToArray());
    }

    /// <summary>Returns the column name of a dimension's key, the same in every table.</summary>
    public static string GetKey(int dimension) => FormattableString.Invariant($"k{dimension}");

    /// <summary>Builds the common table <paramref name="name"/> of the groups of <paramref name="movie"/>: keys and measures.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="movie">The table of movies.</param>
    /// <param name="uses">The measures, without duplicates.</param>
    /// <param name="filtered">Whether to include only the requested names; false includes all names, so that they can be ranked.</param>
    /// <param name="sorted">Whether to include the keys that rows are sorted and ranked by.</param>
    /// <param name="dimensions">The number of dimensions to group by, from the first; null for all.</param>
    public string BuildTable(string name, string movie, IReadOnlyList<SelectedMeasure> uses, bool filtered, bool sorted = true, int? dimensions = null)
    {
        var shared = _query.Share == Share.Equal;
        var keys = _query.By.Take(dimensions ?? _query.By.Count).Select(BuildKey).ToList();
        var links = _links.Where(link => link.Index < keys.Count).ToArray();
        var measures = new MeasureSql(_query, shared ? [.. links.Select(link => link.Links.BuildCounts(GetAlias(link.Index)))] : [], _fromTotals);
        string[] columns =
        [
            .. keys.Select((key, i) => $"{key} AS {GetKey(i)}"),
            .. uses.Select(use => $"{measures.Build(use)} AS {use.Column}"),
            .. keys.Count == 0 && uses.Count == 0 ? ["COUNT(*) AS movies"] : Array.Empty<string>(),
            .. sorted ? SortKeys.Get(_query).Select(use => $"{measures.BuildSortKey(use)} AS {SortKeys.GetName(use.Column)}") : [],
            .. sorted ? SortKeys.GetRatios(_query).Select(ratio => SortKeys.BuildIsSmall(_query, ratio, measures.Build(ratio.GetKnown()))) : [],
        ];
        IEnumerable<string> conditions =
        [
            .. filtered ? _rowFilters.Keys.Where(i => i < keys.Count).SelectMany(i => BuildConditions(i, keys[i])) : [],
            .. _required.SelectMany(link => BuildExists(link.Index, "f")),
        ];
        return $"""
            {name} AS (
                SELECT {string.Join(",\n           ", columns)}
                FROM {movie} f{BuildJoins(links, shared)}{BuildWhere(conditions)}{BuildGroupBy(keys)})
            """;
    }

    /// <summary>Builds the common table of the number of movies of each name of one dimension, regardless of a row's other names.</summary>
    public string BuildReleases(Dimension dimension)
    {
        var at = _query.By.ToList().IndexOf(dimension);
        var own = _links.Where(link => link.Index == at).ToArray();
        var keys = GetOwnKeys(at).Select(i => (i, Key: BuildKey(_query.By[i], i))).ToList();
        return $"""
            {dimension.Name}_movies AS (
                SELECT {string.Join(", ", keys.Select(key => $"{key.Key} AS {GetKey(key.i)}"))}, COUNT(*) AS releases
                FROM selected_movies f{BuildJoins(own, counted: false)}{BuildWhere(BuildConditions(at, BuildKey(dimension, at)))}{BuildGroupBy([.. keys.Select(key => key.Key)])})
            """;
    }

    /// <summary>Returns the keys of <see cref="BuildReleases"/>: the keys that are movie columns, and the dimension's.</summary>
    public IEnumerable<int> GetOwnKeys(int dimension) => Enumerable.Range(0, _query.By.Count).Where(i => i == dimension || _query.By[i].Links is null);

    /// <summary>Builds the conditions on rows of groups, applied after all groups were ranked.</summary>
    public string BuildRowConditions(string groups) =>
        BuildWhere(_rowFilters.Keys.SelectMany(i => BuildConditions(i, $"{groups}.{GetKey(i)}")));

    /// <summary>Builds the conditions that a movie appears in at least one row.</summary>
    public IEnumerable<string> BuildExists(string movie) => _rowFilters.Keys.SelectMany(i => BuildExists(i, movie));

    private IEnumerable<string> BuildExists(int dimension, string movie) => _dimensions[dimension].Links is { } links
        ? [links.BuildExists(movie, _snapshot, BuildConditions(dimension, $"x.{links.IdColumn}"))]
        : BuildConditions(dimension, FormattableString.Invariant($"{movie}.d{dimension}"));

    private IEnumerable<string> BuildConditions(int dimension, string key) => _rowFilters[dimension].Select(filter => $"{key} {filter}");

    private string BuildKey(Dimension dimension, int i) =>
        _fromTotals ? dimension.Key?.Invoke("f.release_year") ?? "f.name_id"
        : dimension.Links is { } links ? $"{GetAlias(i)}.{links.IdColumn}" : FormattableString.Invariant($"f.d{i}");

    private static string GetAlias(int dimension) => FormattableString.Invariant($"l{dimension}");

    private string BuildJoins(IEnumerable<LinkKey> links, bool counted) => _fromTotals ? "" :
        string.Concat(links.Select(link => $"\n    {link.Links.BuildJoin(GetAlias(link.Index), _snapshot, counted)}"));

    internal static string BuildWhere(IEnumerable<string> conditions) =>
        string.Join(" AND ", conditions) is { Length: > 0 } all ? $"\n    WHERE {all}" : "";

    private static string BuildGroupBy(List<string> keys) => keys.Count == 0 ? "" : $"\n    GROUP BY {string.Join(", ", keys)}";

    private IEnumerable<string> BuildRowFilters(Dimension dimension, SqlBuilder sql)
    {
        if (_query.SearchText is { } text && dimension == _query.By[0] && dimension.Links is { } links)
        {
            yield return $"IN (SELECT n.{links.IdColumn} FROM {links.Names} n WHERE {sql.BuildContains($"n.{links.Label}", text)})";
        }

        foreach (var group in _query.Where.Where(filter => filter.Field.Dimension == dimension).GroupBy(filter => filter.Operator))
        {
            if (group.Key is FilterOperator.Equal or FilterOperator.NotEqual)
            {
                var names = string.Join(", ", group.Select(filter => sql.Add(filter.Value)));
                yield return $"{(group.Key == FilterOperator.NotEqual ? "NOT " : "")}IN ({dimension.Links?.BuildIdQuery(names) ?? names})";
            }
        }
    }

    /// <summary>A class rather than a struct: generic LINQ code over own value types is JIT-compiled at every start.</summary>
    private sealed record LinkKey(int Index, LinkTable Links);
}
