using System.Globalization;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Queries;

/// <summary>Builds the table of movies behind a query as of a snapshot: one row per movie with its keys and measured values.</summary>
internal sealed class MovieSql
{
    private readonly QueryRequest _query;
    private readonly SqlBuilder _sql;
    private readonly string _asOf;
    private readonly MovieValue[] _values;

    /// <param name="query">The query.</param>
    /// <param name="values">The measured movie values.</param>
    /// <param name="sql">The statement that receives the values of conditions.</param>
    /// <param name="snapshot">The placeholder of the snapshot ID.</param>
    public MovieSql(QueryRequest query, IEnumerable<MovieValue> values, SqlBuilder sql, string snapshot)
    {
        _query = query;
        _sql = sql;
        _values = [.. values.Distinct()];
        Snapshot = snapshot;
        _asOf = AsOf.Build("m", snapshot);
        var used = _values.Concat(query.Where.Select(filter => filter.Field.Movie).OfType<MovieValue>()).ToList();
        NeedsGlobalMean = query.WeightedMean is null && used.Any(value => value.NeedsGlobalMean);
        NeedsRatings = used.Any(value => value.NeedsRatings);
    }

    public string Snapshot { get; }

    public bool NeedsGlobalMean { get; }

    public bool NeedsRatings { get; }

    /// <summary>Builds <c>WITH</c> and, when needed, the common table of the global mean vote.</summary>
    public string BuildWith() => $"WITH {(NeedsGlobalMean ? WeightedRating.BuildGlobalMeanTable(_asOf) : "")} ";

    /// <summary>
    /// Builds the common table <paramref name="name"/>: <c>movie_id</c>, <c>since</c>, the keys <c>d0</c>, <c>d1</c> … of the dimensions that
    /// are movie columns, and the values.
    /// </summary>
    /// <param name="name">The table's name.</param>
    /// <param name="dated">True for movies with a release date; false for undated movies, ignoring conditions on the date.</param>
    /// <param name="yearLater">Whether to count each movie a year after its release, for comparison with the next year's movies.</param>
    /// <param name="marksReleased">Whether to keep the planned and rumored movies that the query excludes, and to add the column <c>is_released</c>.</param>
    public string BuildTable(string name, bool dated = true, bool yearLater = false, bool marksReleased = false)
    {
        var year = yearLater ? "(m.release_year + 1)" : "m.release_year";
        var keys = _query.By.Select((dimension, i) => new MovieKeyColumn(dimension, i))
            .Where(at => at.Dimension.Key is not null && (dated || !at.Dimension.IsTime)).ToList();
        List<string> columns =
        [
            "m.movie_id", "m.since",
            .. keys.Select(at => $"{at.Dimension.Key!(year)} AS d{at.Index}"),
            .. _query.AllDimensions.Select(dimension => dimension.Links?.Count).OfType<string>().Select(count => $"m.{count}"),
            .. _values.Select(value => $"{value.Sql(_query)} AS {value.Name}"),
            .. marksReleased ? [$"{UnreleasedMovies.BuildExclusion("m", Snapshot)} AS is_released"] : Array.Empty<string>(),
        ];
        List<string> conditions =
        [
            _asOf,
            .. _query.IsTimeBased ? [$"m.{(_query.NeedsMonth ? "release_month" : "release_year")} IS {(dated ? "NOT NULL" : "NULL")}"] : Array.Empty<string>(),
            .. dated && _query.ExcludesUnreleased && !marksReleased ? [UnreleasedMovies.BuildExclusion("m", Snapshot)] : Array.Empty<string>(),
            .. keys.Where(at => !at.Dimension.IsTime).Select(at => $"{at.Dimension.Key!(year)} IS NOT NULL"),
            .. _query.RequiredDimensions.Where(dimension => dimension is { Key: not null, IsTime: false }).Select(dimension => $"{dimension.Key!(year)} IS NOT NULL"),
            .. _query.Where.GroupBy(filter => filter.Field)
                .Where(group => dated || group.Key is not ({ Dimension.IsTime: true } or { Form: ValueForm.Date }))
                .SelectMany(group => BuildConditions(group.Key, [.. group], year)),
        ];

        // PostgreSQL has no statistics on a materialized CTE and would choose a poor plan, so rows that are cheap to read are read twice.
        var isCheap = !NeedsGlobalMean && !NeedsRatings;
        return $"""
            {name} AS {(isCheap ? "NOT MATERIALIZED " : "")}(
                SELECT {string.Join(", ", columns)}
                FROM movie m{(NeedsGlobalMean ? " CROSS JOIN global_mean e" : "")}{(NeedsRatings ? $"\n    {MovieValues.BuildRatings(Snapshot)}" : "")}
                WHERE {string.Join(" AND ", conditions)})
            """;
    }

    /// <summary>Builds the conditions on the year from its SQL.</summary>
    public IEnumerable<string> BuildYearConditions(string year) =>
        _query.Where.Where(filter => filter.Field.Dimension is { IsTime: true }).GroupBy(filter => filter.Field).SelectMany(group => BuildConditions(group.Key, [.. group], year));

    private IEnumerable<string> BuildConditions(FilterField field, IReadOnlyList<QueryFilter> filters, string year)
    {
        if (field.Dimension is { IsTime: false } own && _query.By.Contains(own))
        {
            return [];
        }

        if (field.Dimension is { Links: { } links } dimension)
        {
            return _query.AllDimensions.Contains(dimension) ? [] : BuildLinkConditions(links, filters);
        }

        var key = field.Dimension?.Key!(year) ?? field.Movie!.Sql(_query);
        return filters.GroupBy(filter => filter.Operator).SelectMany(group => group.Key switch
        {
            FilterOperator.Equal => [$"({key}) IN ({AddPlaceholders(group)})"],

            // A movie without a collection matches "not this collection"; an unknown amount does not match "not this amount".
            FilterOperator.NotEqual when field is { Dimension: not null, Form: ValueForm.Text } => [$"({key} IS NULL OR {key} NOT IN ({AddPlaceholders(group)}))"],
            FilterOperator.NotEqual => [$"({key}) NOT IN ({AddPlaceholders(group)})"],
            FilterOperator.Known => [$"({key}) IS NOT NULL"],
            FilterOperator.Unknown => [$"({key}) IS NULL"],
            _ => group.Select(filter => $"({key}) {GetSymbol(group.Key)} {AddPlaceholder(filter)}"),
        });
    }

    private IEnumerable<string> BuildLinkConditions(LinkTable links, IReadOnlyList<QueryFilter> filters) =>
        filters.GroupBy(filter => filter.Operator).Select(group => group.Key switch
        {
            FilterOperator.Known => links.BuildExists("m", Snapshot),
            FilterOperator.Unknown => links.BuildNotExists("m", Snapshot),
            FilterOperator.NotEqual => links.BuildLacksName("m", Snapshot, AddPlaceholders(group)),
            _ => links.BuildHasName("m", Snapshot, AddPlaceholders(group)),
        });

    private string AddPlaceholders(IEnumerable<QueryFilter> filters) => string.Join(", ", filters.Select(AddPlaceholder));

    private string AddPlaceholder(QueryFilter filter) => filter.Value switch
    {
        DateOnly day => $"CAST({_sql.Add(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))} AS DATE)",
        decimal number => $"CAST({_sql.Add(number.ToString(CultureInfo.InvariantCulture))} AS DECIMAL(18, 6))",
        var value => _sql.Add(value),
    };

    private static string GetSymbol(FilterOperator comparison) => comparison switch
    {
        FilterOperator.Less => "<",
        FilterOperator.LessOrEqual => "<=",
        FilterOperator.Greater => ">",
        FilterOperator.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "not a comparison of two values"),
    };

    /// <summary>A class rather than a struct: generic LINQ code over own value types is JIT-compiled at every start.</summary>
    private sealed record MovieKeyColumn(Dimension Dimension, int Index);
}
