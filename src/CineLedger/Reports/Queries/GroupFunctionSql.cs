namespace CineLedger.Reports.Queries;

/// <summary>Builds the tables and columns of functions over groups <c>g</c>, with all movies of their neighbors <c>w</c>.</summary>
internal sealed class GroupFunctionSql(QueryRequest query)
{
    private readonly SelectedMeasure[] _uses = [.. query.Measures.Where(use => use.Applied is not null)];

    /// <summary>Whether groups of names that the query does not show are needed.</summary>
    public bool NeedsAllNames => Has(GroupScope.Neighbors);

    public bool NeedsWhole => Has(GroupScope.Whole);

    /// <summary>The measures whose total over all movies is needed, without duplicates.</summary>
    public IEnumerable<SelectedMeasure> WholeMeasures => Select(GroupScope.Whole).Select(use => use.Applied!.Of).DistinctBy(of => of.Column);

    /// <summary>Builds the common table of groups with the columns that depend on other groups; null when there are none.</summary>
    public string? BuildTable(string name)
    {
        var uses = Select(GroupScope.Neighbors).ToList();
        return uses.Count == 0 ? null : $"""
            {name} AS (
                SELECT g.*, {string.Join(", ", uses.Select(use => $"{BuildColumn(use)} AS {use.Column}"))}
                FROM grouped g)
            """;
    }

    /// <summary>Builds the column of a row <c>g</c> of the final groups.</summary>
    public string BuildRowColumn(SelectedMeasure use) => use.Applied is { Function.Scope: GroupScope.Whole } ? BuildColumn(use) : $"g.{use.Column}";

    /// <summary>Builds the join of a group <c>g</c> to all movies of its neighbors; empty when no function needs them.</summary>
    public string BuildWholeJoin()
    {
        if (!NeedsWhole)
        {
            return "";
        }

        var keys = Enumerable.Range(0, query.By.Count - 1).Select(GroupSql.GetKey).Select(key => $"w.{key} = g.{key}").ToList();
        return keys.Count == 0 ? "\nCROSS JOIN whole w" : $"\nJOIN whole w ON {string.Join(" AND ", keys)}";
    }

    /// <summary>Builds the rank of a group; equal values share a rank, and unknown ones are last.</summary>
    public string BuildRank(SelectedMeasure of)
    {
        var within = string.Join(", ", Enumerable.Range(0, query.By.Count - 1).Select(i => $"g.{GroupSql.GetKey(i)}"));
        return $"RANK() OVER ({(within.Length > 0 ? $"PARTITION BY {within} " : "")}ORDER BY g.{SortKeys.GetColumn(query, of.Column)} DESC NULLS LAST)";
    }

    /// <summary>Builds the part of the whole; NULL unless the whole is positive, because a part of a loss is not a share.</summary>
    public string BuildShare(SelectedMeasure of) => $"CAST(g.{of.Column} AS FLOAT8) / CASE WHEN {BuildWhole(of)} > 0 THEN CAST({BuildWhole(of)} AS FLOAT8) END";

    public string BuildWhole(SelectedMeasure of) => $"w.{of.Column}";

    private string BuildColumn(SelectedMeasure use) => use.Applied!.Function.Sql(this, use.Applied.Of);

    private bool Has(GroupScope scope) => Select(scope).Any();

    private IEnumerable<SelectedMeasure> Select(GroupScope scope) => _uses.Where(use => use.Applied!.Function.Scope == scope);
}
