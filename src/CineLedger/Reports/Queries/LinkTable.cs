using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Queries;

/// <summary>A table that links movies to names, and the table of these names.</summary>
/// <param name="Table">The table of links: <c>movie_id</c>, the name's ID, <c>position</c>.</param>
/// <param name="IdColumn">The column of the name's ID, in both tables.</param>
/// <param name="Names">The table of names.</param>
/// <param name="Label">The column of the displayed name.</param>
internal sealed record LinkTable(string Table, string IdColumn, string Names, string Label)
{
    /// <summary>Gets other columns of <see cref="Names"/> that filters may match.</summary>
    public string[] AlternativeLabels { get; init; } = [];

    /// <summary>Gets the column of <see cref="Names"/> that distinguishes names with the same label; null when labels are unique.</summary>
    public string? Disambiguator { get; init; }

    /// <summary>Gets the condition on links <c>x</c>; null for all.</summary>
    public string? Condition { get; init; }

    /// <summary>Gets a function that builds a query in place of <see cref="Table"/> from the placeholder of the snapshot ID; null for the table itself.</summary>
    public Func<string, string>? Query { get; init; }

    /// <summary>Gets whether links are versioned independently; otherwise they belong to a version of the movie.</summary>
    public bool IsVersioned { get; init; }

    /// <summary>Gets the movie column with the number of links, whose <c>position</c> starts at 0; null when links must be counted.</summary>
    public string? Count { get; init; }

    /// <summary>Builds the join of links to movies <c>f</c>, each name of a movie once.</summary>
    /// <param name="alias">The alias of the links.</param>
    /// <param name="snapshot">The placeholder of the snapshot ID.</param>
    /// <param name="withCounts">Whether to add the movie's number of names as <c>names</c> and each name's zero-based place as <c>place</c>.</param>
    public string BuildJoin(string alias, string snapshot, bool withCounts)
    {
        var sameMovie = $"{alias}.movie_id = f.movie_id{(IsVersioned ? "" : $" AND {alias}.since = f.since")}";
        if (!IsVersioned && Query is null && (Count is not null || !withCounts))
        {
            return $"JOIN {Table} {alias} ON {sameMovie}";
        }

        var movie = IsVersioned ? "x.movie_id" : "x.movie_id, x.since";
        var once = $"""
            SELECT {movie}, x.{IdColumn}, MIN(x.position) AS position
                  FROM {BuildTable(snapshot)} x{BuildWhere(BuildLifetime(snapshot))}
                  GROUP BY {movie}, x.{IdColumn}
            """;
        if (withCounts)
        {
            once = $"""
                SELECT {movie}, x.{IdColumn}, COUNT(*) OVER (PARTITION BY {movie}) AS names,
                         ROW_NUMBER() OVER (PARTITION BY {movie} ORDER BY x.position, x.{IdColumn}) - 1 AS place
                  FROM ({once}) x
                """;
        }

        return $"JOIN ({once}) {alias} ON {sameMovie}";
    }

    /// <summary>Builds the number of names that a movie <c>f</c> is linked to by <paramref name="alias"/>, and this one's zero-based place.</summary>
    public (string Names, string Place) BuildCounts(string alias) => Count is not null ? ($"f.{Count}", $"{alias}.position") : ($"{alias}.names", $"{alias}.place");

    /// <summary>Builds the condition that a movie has a link <c>x</c> that meets the conditions.</summary>
    public string BuildExists(string movie, string snapshot, params IEnumerable<string> conditions)
    {
        string[] all = [.. conditions];
        return all.Length == 0 && Count is not null ? $"{movie}.{Count} > 0" : BuildIn(movie, $"{BuildTable(snapshot)} x{BuildWhere([.. BuildLifetime(snapshot), .. all])}");
    }

    /// <summary>Builds the condition that a movie has no link.</summary>
    public string BuildNotExists(string movie, string snapshot) =>
        Count is not null ? $"{movie}.{Count} = 0" : BuildNotExists($"{BuildTable(snapshot)} x", [.. BuildSameMovie(movie), .. BuildLifetime(snapshot)]);

    /// <summary>Builds the condition that a movie has a link to one of the names.</summary>
    public string BuildHasName(string movie, string snapshot, string names) =>
        BuildIn(movie, $"{BuildNamedTable(snapshot)}{BuildWhere([.. BuildLifetime(snapshot), BuildNameCondition(names)])}");

    /// <summary>
    /// Builds the condition that a movie has no link to any of the names. They are joined rather than found by a subquery, because DuckDB 1.5 fails to plan NOT EXISTS around
    /// a subquery that it knows to be empty, as for a name that does not exist.
    /// </summary>
    public string BuildLacksName(string movie, string snapshot, string names) =>
        BuildNotExists(BuildNamedTable(snapshot), [.. BuildSameMovie(movie), .. BuildLifetime(snapshot), BuildNameCondition(names)]);

    /// <summary>
    /// Builds the label of names <paramref name="alias"/>. When different names in the result share a label, the disambiguator is appended:
    /// <c>Congo (CD)</c>.
    /// </summary>
    public string BuildLabel(string alias)
    {
        var label = $"{alias}.{Label}";
        return Disambiguator is null
            ? label
            : $"CASE WHEN MIN({alias}.{IdColumn}) OVER (PARTITION BY {label}) < MAX({alias}.{IdColumn}) OVER (PARTITION BY {label}) "
                + $"THEN {label} || ' (' || CAST({alias}.{Disambiguator} AS TEXT) || ')' ELSE {label} END";
    }

    /// <summary>
    /// Builds the names with their place in sort order, so that rows are sorted by numbers. Valid only without a <see cref="Disambiguator"/>,
    /// which would change the displayed label.
    /// </summary>
    public string BuildOrderedNames() => $"(SELECT {IdColumn}, {Label}, CAST(RANK() OVER (ORDER BY {Label}) AS INTEGER) AS place FROM {Names})";

    /// <summary>Builds a query of the IDs of names.</summary>
    public string BuildIdQuery(string names) => $"SELECT y.{IdColumn} FROM {Names} y WHERE {BuildNameCondition(names)}";

    /// <summary>IN rather than the equivalent EXISTS, which takes DuckDB six times as long for one company among 454,660 movies.</summary>
    private string BuildIn(string movie, string rows) => IsVersioned
        ? $"{movie}.movie_id IN (SELECT x.movie_id FROM {rows})"
        : $"({movie}.movie_id, {movie}.since) IN (SELECT x.movie_id, x.since FROM {rows})";

    private static string BuildNotExists(string table, string[] conditions) => $"NOT EXISTS (SELECT 1 FROM {table}{BuildWhere(conditions)})";

    private string BuildNamedTable(string snapshot) => $"{BuildTable(snapshot)} x JOIN {Names} y ON y.{IdColumn} = x.{IdColumn}";

    private string[] BuildSameMovie(string movie) =>
        [$"x.movie_id = {movie}.movie_id", .. IsVersioned ? Array.Empty<string>() : [$"x.since = {movie}.since"]];

    private string BuildTable(string snapshot) => Query is null ? Table : $"({Query(snapshot)})";

    private string BuildNameCondition(string names) =>
        AlternativeLabels.Length == 0
            ? $"y.{Label} IN ({names})"
            : $"({string.Join(" OR ", AlternativeLabels.Prepend(Label).Select(column => $"y.{column} IN ({names})"))})";

    private string[] BuildLifetime(string snapshot) =>
    [
        .. IsVersioned ? [AsOf.Build("x", snapshot)] : Array.Empty<string>(),
        .. Condition is null ? Array.Empty<string>() : [Condition],
    ];

    private static string BuildWhere(string[] conditions) => conditions.Length == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
}
