using CineLedger.Reports;

namespace CineLedger.Export.Charts;

/// <summary>What a column of numbers is, in words.</summary>
/// <param name="Column">Its name in the result.</param>
/// <param name="Words">As a title has it.</param>
/// <param name="Unit">What its axis counts.</param>
/// <param name="Additive">Whether the values of several years may be added up: amounts and counts may, means may not.</param>
public sealed record ChartMeasure(string Column, string Words, string Unit, bool Additive)
{
    public static ChartMeasure Of(string column, Aggregate aggregate, Popularity popularity) => column switch
    {
        "budget" or "revenue" or "profit" or "matched_profit" => new(
            column,
            aggregate switch { Aggregate.Avg => "mean ", Aggregate.Median => "median ", _ => "" } + column.Replace('_', ' '),
            "US dollars",
            aggregate == Aggregate.Sum),
        "releases" => new(column, "films released", "films", true),
        "company_releases" => new(column, "films of the company", "films", false),
        "budget_known" or "revenue_known" => new(column, $"films with known {column.Split('_')[0]}", "films", true),
        "profit_known" => new(column, "films with known budget and revenue", "films", true),
        "popularity" => popularity switch
        {
            Popularity.VoteAverage => new(column, "mean vote", "votes from 0 to 10", false),
            Popularity.VoteCount => new(column, "mean number of votes", "votes a film", false),
            Popularity.Weighted => new(column, "weighted rating", "IMDb's formula, 0 to 10", false),
            _ => new(column, "mean popularity", "TMDB's popularity", false),
        },
        "rank" => new(column, "rank by popularity", "rank, 1 is the most popular", false),
        _ => new(column, column.Replace('_', ' '), column.Replace('_', ' '), false),
    };

    /// <summary>
    /// Whether its axis begins at zero. Marks and ranks differ by little and have no meaningful zero; their lines would all be flat.
    /// </summary>
    public bool FromZero => Column is not ("popularity" or "rank");

    /// <summary>The measure that a specification names, or else the one most asked for. Throws <see cref="Model.UsageException"/> where there is none such.</summary>
    internal static int Find(IReadOnlyList<Column> columns, string? name)
    {
        var measures = columns.Where(column => column.Kind is ColumnKind.Whole or ColumnKind.Number).Select(column => column.Name).ToList();
        if (measures.Count == 0)
        {
            throw new Model.UsageException("nothing to draw: the result has no column of numbers.");
        }

        name ??= measures.Contains("revenue") ? "revenue" : measures[0];
        if (!measures.Contains(name))
        {
            var near = NearNames.Of(name, measures);
            var hint = near.Count > 0 ? $"; did you mean {string.Join(" or ", near)}?" : ";";
            throw new Model.UsageException($"--measure: this result has no column '{name}' to draw{hint} It has {string.Join(", ", measures)}.");
        }

        return columns.Select(column => column.Name).ToList().IndexOf(name);
    }
}
