using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Queries;

/// <summary>The table that links movies to names, and the table of the names.</summary>
/// <param name="Table">Links: <c>movie_id</c>, the name's number, <c>position</c>.</param>
/// <param name="Number">The column of the name's number, in both tables.</param>
/// <param name="Names">The table of names.</param>
/// <param name="Label">Its column that is shown.</param>
internal sealed record LinkTable(string Table, string Number, string Names, string Label)
{
    /// <summary>Other columns of <see cref="Names"/> by which a name may be asked for.</summary>
    public string[] AlternativeLabels { get; init; } = [];

    /// <summary>A column of <see cref="Names"/> that tells those of the same label apart; null where labels are different.</summary>
    public string? Disambiguator { get; init; }

    /// <summary>Which of the links <c>x</c>; null for all.</summary>
    public string? Condition { get; init; }

    /// <summary>The links have a life of their own; else they belong to the movie's version.</summary>
    public bool IsVersioned { get; init; }

    /// <summary>The movie's column that says how many links there are, counted from <c>position</c> 0; null where that must be counted.</summary>
    public string? Count { get; init; }

    /// <summary>Joins the links to movies <c>f</c>, each name of a movie once.</summary>
    /// <param name="alias">What the links are called.</param>
    /// <param name="snapshot">The place of the snapshot's number.</param>
    /// <param name="counted">With the number of the movie's names, and the place of each among them from 0, as <c>names</c> and <c>place</c>.</param>
    public string BuildJoin(string alias, string snapshot, bool counted)
    {
        var sameMovie = $"{alias}.movie_id = f.movie_id{(IsVersioned ? "" : $" AND {alias}.since = f.since")}";
        if (!IsVersioned && (Count is not null || !counted))
        {
            return $"JOIN {Table} {alias} ON {sameMovie}";
        }

        var movie = IsVersioned ? "x.movie_id" : "x.movie_id, x.since";
        var once = $"""
            SELECT {movie}, x.{Number}, MIN(x.position) AS position
                  FROM {Table} x{BuildWhere(BuildLifetime(snapshot))}
                  GROUP BY {movie}, x.{Number}
            """;
        if (counted)
        {
            once = $"""
                SELECT {movie}, x.{Number}, COUNT(*) OVER (PARTITION BY {movie}) AS names,
                         ROW_NUMBER() OVER (PARTITION BY {movie} ORDER BY x.position, x.{Number}) - 1 AS place
                  FROM ({once}) x
                """;
        }

        return $"JOIN ({once}) {alias} ON {sameMovie}";
    }

    /// <summary>How many names a movie <c>f</c> is linked to by <paramref name="alias"/>, and the place of this one, from 0.</summary>
    public (string Names, string Place) BuildCounts(string alias) => Count is not null ? ($"f.{Count}", $"{alias}.position") : ($"{alias}.names", $"{alias}.place");

    /// <summary>True of a movie that has any link <c>x</c> of which the conditions hold.</summary>
    public string BuildExists(string movie, string snapshot, params IEnumerable<string> conditions)
    {
        var all = conditions.ToList();
        if (all.Count == 0 && Count is not null)
        {
            return $"{movie}.{Count} > 0";
        }

        string[] same = [$"x.movie_id = {movie}.movie_id", .. IsVersioned ? Array.Empty<string>() : [$"x.since = {movie}.since"]];
        return $"EXISTS (SELECT 1 FROM {Table} x{BuildWhere([.. same, .. BuildLifetime(snapshot), .. all])})";
    }

    /// <summary>
    /// The label of names <paramref name="alias"/>; where different ones in the result have the same, each with what tells it apart:
    /// <c>Congo (CD)</c>.
    /// </summary>
    public string BuildLabel(string alias)
    {
        var label = $"{alias}.{Label}";
        return Disambiguator is null
            ? label
            : $"CASE WHEN MIN({alias}.{Number}) OVER (PARTITION BY {label}) < MAX({alias}.{Number}) OVER (PARTITION BY {label}) "
                + $"THEN {label} || ' (' || CAST({alias}.{Disambiguator} AS TEXT) || ')' ELSE {label} END";
    }

    /// <summary>The names, each with its place in their order, so that rows are sorted by numbers. Only where <see cref="Disambiguator"/> is null: what is shown is sorted.</summary>
    public string NamesInOrder() => $"(SELECT {Number}, {Label}, CAST(RANK() OVER (ORDER BY {Label}) AS INTEGER) AS place FROM {Names})";

    /// <summary>The numbers of names.</summary>
    public string BuildNumbers(string names) => $"SELECT y.{Number} FROM {Names} y WHERE {BuildNamed(names)}";

    private string BuildNamed(string names) =>
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
