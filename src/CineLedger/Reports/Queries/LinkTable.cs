using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Queries;

/// <summary>The table that links films to names, and the table of the names.</summary>
/// <param name="Table">Links: <c>movie_id</c>, the name's number, <c>position</c>.</param>
/// <param name="Number">The column of the name's number, in both tables.</param>
/// <param name="Names">The table of names.</param>
/// <param name="Label">Its column that is shown.</param>
internal sealed record LinkTable(string Table, string Number, string Names, string Label)
{
    /// <summary>Other columns of <see cref="Names"/> by which a name may be asked for.</summary>
    public string[] AlsoKnownBy { get; init; } = [];

    /// <summary>A column of <see cref="Names"/> that tells those of the same label apart; null where labels are different.</summary>
    public string? Apart { get; init; }

    /// <summary>Which of the links <c>x</c>; null for all.</summary>
    public string? Condition { get; init; }

    /// <summary>The links have a life of their own; else they belong to the film's version.</summary>
    public bool Versioned { get; init; }

    /// <summary>The film's column that says how many links there are, counted from <c>position</c> 0; null where that must be counted.</summary>
    public string? Count { get; init; }

    /// <summary>Joins the links to films <c>f</c>, each name of a film once.</summary>
    /// <param name="alias">What the links are called.</param>
    /// <param name="snapshot">The place of the snapshot's number.</param>
    /// <param name="counted">With the number of the film's names, and the place of each among them from 0, as <c>names</c> and <c>place</c>.</param>
    public string Join(string alias, string snapshot, bool counted)
    {
        var sameFilm = $"{alias}.movie_id = f.movie_id{(Versioned ? "" : $" AND {alias}.since = f.since")}";
        if (!Versioned && (Count is not null || !counted))
        {
            return $"JOIN {Table} {alias} ON {sameFilm}";
        }

        var film = Versioned ? "x.movie_id" : "x.movie_id, x.since";
        var once = $"""
            SELECT {film}, x.{Number}, MIN(x.position) AS position
                  FROM {Table} x{Where(Alive(snapshot))}
                  GROUP BY {film}, x.{Number}
            """;
        if (counted)
        {
            once = $"""
                SELECT {film}, x.{Number}, COUNT(*) OVER (PARTITION BY {film}) AS names,
                         ROW_NUMBER() OVER (PARTITION BY {film} ORDER BY x.position, x.{Number}) - 1 AS place
                  FROM ({once}) x
                """;
        }

        return $"JOIN ({once}) {alias} ON {sameFilm}";
    }

    /// <summary>How many names a film <c>f</c> is linked to by <paramref name="alias"/>, and the place of this one, from 0.</summary>
    public (string Names, string Place) Counts(string alias) => Count is not null ? ($"f.{Count}", $"{alias}.position") : ($"{alias}.names", $"{alias}.place");

    /// <summary>True of a film that has any link <c>x</c> of which the conditions hold.</summary>
    public string Exists(string film, string snapshot, params IEnumerable<string> conditions)
    {
        var all = conditions.ToList();
        if (all.Count == 0 && Count is not null)
        {
            return $"{film}.{Count} > 0";
        }

        string[] same = [$"x.movie_id = {film}.movie_id", .. Versioned ? Array.Empty<string>() : [$"x.since = {film}.since"]];
        return $"EXISTS (SELECT 1 FROM {Table} x{Where([.. same, .. Alive(snapshot), .. all])})";
    }

    /// <summary>
    /// The label of names <paramref name="alias"/>; where different ones in the result have the same, each with what tells it apart:
    /// <c>Congo (CD)</c>.
    /// </summary>
    public string Shown(string alias)
    {
        var label = $"{alias}.{Label}";
        return Apart is null
            ? label
            : $"CASE WHEN MIN({alias}.{Number}) OVER (PARTITION BY {label}) < MAX({alias}.{Number}) OVER (PARTITION BY {label}) "
                + $"THEN {label} || ' (' || CAST({alias}.{Apart} AS TEXT) || ')' ELSE {label} END";
    }

    /// <summary>The names, each with its place in their order, so that rows are sorted by numbers. Only where <see cref="Apart"/> is null: what is shown is sorted.</summary>
    public string NamesInOrder() => $"(SELECT {Number}, {Label}, CAST(RANK() OVER (ORDER BY {Label}) AS INTEGER) AS place FROM {Names})";

    /// <summary>The numbers of names.</summary>
    public string Numbers(string names) => $"SELECT y.{Number} FROM {Names} y WHERE {Named(names)}";

    private string Named(string names) =>
        AlsoKnownBy.Length == 0
            ? $"y.{Label} IN ({names})"
            : $"({string.Join(" OR ", AlsoKnownBy.Prepend(Label).Select(column => $"y.{column} IN ({names})"))})";

    private string[] Alive(string snapshot) =>
    [
        .. Versioned ? [AsOf.Sql("x", snapshot)] : Array.Empty<string>(),
        .. Condition is null ? Array.Empty<string>() : [Condition],
    ];

    private static string Where(string[] conditions) => conditions.Length == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
}
