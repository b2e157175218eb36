using System.Globalization;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Queries;

/// <summary>The films that a query rests on, as of one snapshot: one row a film, with its keys and the values that are measured.</summary>
internal sealed class FilmSql
{
    private readonly QueryRequest _query;
    private readonly SqlText _sql;
    private readonly string _asOf;
    private readonly FilmValue[] _values;

    /// <param name="query">What is asked for.</param>
    /// <param name="values">The films' values that are measured.</param>
    /// <param name="sql">Takes the values of conditions.</param>
    /// <param name="snapshot">The place of the snapshot's number.</param>
    public FilmSql(QueryRequest query, IEnumerable<FilmValue> values, SqlText sql, string snapshot)
    {
        _query = query;
        _sql = sql;
        _values = [.. values.Distinct()];
        Snapshot = snapshot;
        _asOf = AsOf.Sql("m", snapshot);
        var used = _values.Concat(query.Where.Select(filter => filter.Field.Film).OfType<FilmValue>()).ToList();
        NeedsEverybody = query.WeightedMean is null && used.Any(value => value.NeedsEverybody);
        NeedsRatings = used.Any(value => value.NeedsRatings);
    }

    public string Snapshot { get; }

    public bool NeedsEverybody { get; }

    public bool NeedsRatings { get; }

    /// <summary><c>WITH</c>, and the common table that weighted ratings rest on.</summary>
    public string With() => $"WITH {(NeedsEverybody ? WeightedRating.Everybody(_asOf) : "")} ";

    /// <summary>
    /// The common table <paramref name="name"/>: <c>movie_id</c>, <c>since</c>, the keys <c>d0</c>, <c>d1</c> … of the dimensions that
    /// films themselves have, and the values.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="dated">Films with a release date; else those without, whatever is asked of it.</param>
    /// <param name="yearLater">Counts each film a year later than it came out: as what the films of the next year are compared with.</param>
    /// <param name="anyKey">Also films that have no key of a dimension that is not of time.</param>
    public string Table(string name, bool dated = true, bool yearLater = false, bool anyKey = false)
    {
        var year = yearLater ? "(m.release_year + 1)" : "m.release_year";
        var keys = _query.By.Select((dimension, i) => new Key(dimension, i)).Where(at => at.Dimension.Key is not null && (dated || !at.Dimension.IsTime)).ToList();
        List<string> columns =
        [
            "m.movie_id", "m.since",
            .. keys.Select(at => $"{at.Dimension.Key!(year)} AS d{at.Index}"),
            .. _query.By.Select(dimension => dimension.Links?.Count).OfType<string>().Select(count => $"m.{count}"),
            .. _values.Select(value => $"{value.Sql(_query)} AS {value.Name}"),
        ];
        List<string> conditions =
        [
            _asOf,
            .. _query.IsOfTime ? [dated ? "m.release_year IS NOT NULL" : "m.release_year IS NULL"] : Array.Empty<string>(),
            .. keys.Where(at => !at.Dimension.IsTime && !anyKey).Select(at => $"{at.Dimension.Key!(year)} IS NOT NULL"),
            .. _query.Where.GroupBy(filter => filter.Field)
                .Where(group => dated || group.Key is not ({ Dimension.IsTime: true } or { Form: ValueForm.Date }))
                .SelectMany(group => Conditions(group.Key, [.. group], year)),
        ];

        // PostgreSQL knows nothing of a table that it has written down for a query asked twice of it, and guesses; cheap rows are better read twice.
        var isCheap = !NeedsEverybody && !NeedsRatings;
        return $"""
            {name} AS {(isCheap ? "NOT MATERIALIZED " : "")}(
                SELECT {string.Join(", ", columns)}
                FROM movie m{(NeedsEverybody ? " CROSS JOIN everybody e" : "")}{(NeedsRatings ? $"\n    {FilmValues.Ratings(Snapshot)}" : "")}
                WHERE {string.Join(" AND ", conditions)})
            """;
    }

    private IEnumerable<string> Conditions(FilterField field, IReadOnlyList<QueryFilter> filters, string year)
    {
        if (field.Dimension is { Links: { } links } dimension)
        {
            return _query.By.Contains(dimension) ? [] : Linked(links, filters);
        }

        var key = field.Dimension?.Key!(year) ?? field.Film!.Sql(_query);
        return filters.GroupBy(filter => filter.Operator).SelectMany(group => group.Key switch
        {
            FilterOperator.Equal => [$"({key}) IN ({Places(group)})"],

            // A film without a collection is not of that collection; an amount that is not known may well be that amount.
            FilterOperator.NotEqual when field is { Dimension: not null, Form: ValueForm.Text } => [$"({key} IS NULL OR {key} NOT IN ({Places(group)}))"],
            FilterOperator.NotEqual => [$"({key}) NOT IN ({Places(group)})"],
            FilterOperator.Known => [$"({key}) IS NOT NULL"],
            FilterOperator.Unknown => [$"({key}) IS NULL"],
            _ => group.Select(filter => $"({key}) {Symbol(group.Key)} {Place(filter)}"),
        });
    }

    private IEnumerable<string> Linked(LinkTable links, IReadOnlyList<QueryFilter> filters) =>
        filters.GroupBy(filter => filter.Operator).Select(group => group.Key switch
        {
            FilterOperator.Known => links.Exists("m", Snapshot),
            FilterOperator.Unknown => $"NOT {links.Exists("m", Snapshot)}",
            _ => $"{(group.Key == FilterOperator.NotEqual ? "NOT " : "")}{links.Exists("m", Snapshot, $"x.{links.Number} IN ({links.Numbers(Places(group))})")}",
        });

    private string Places(IEnumerable<QueryFilter> filters) => string.Join(", ", filters.Select(Place));

    private string Place(QueryFilter filter) => filter.Value switch
    {
        DateOnly day => $"CAST({_sql.Add(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))} AS DATE)",
        decimal number => $"CAST({_sql.Add(number.ToString(CultureInfo.InvariantCulture))} AS DECIMAL(18, 6))",
        var value => _sql.Add(value),
    };

    private static string Symbol(FilterOperator comparison) => comparison switch
    {
        FilterOperator.Less => "<",
        FilterOperator.LessOrEqual => "<=",
        FilterOperator.Greater => ">",
        _ => ">=",
    };

    /// <summary>A class, as LINQ over values of our own would be compiled anew at every start.</summary>
    private sealed record Key(Dimension Dimension, int Index);
}
