using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Charts;

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
            aggregate switch { Aggregate.Avg => "mean ", Aggregate.Median => "median ", Aggregate.Min => "least ", Aggregate.Max => "largest ", _ => "" } + column.Replace('_', ' '),
            "US dollars",
            aggregate == Aggregate.Sum),
        "releases" => new(column, "films released", "films", true),
        "company_releases" => new(column, "films of the company", "films", false),
        "budget_known" or "revenue_known" => new(column, $"films with known {column.Split('_')[0]}", "films", true),
        "profit_known" => new(column, "films with known budget and revenue", "films", true),
        "popularity" when popularity == Popularity.Popularity => new(column, "mean popularity", "TMDB's popularity", false),
        "popularity" => Of(ReportWords.Of(popularity)) with { Column = column },
        "rank" => new(column, "rank by popularity", "rank, 1 is the most popular", false),
        "runtime" => new(column, "mean runtime", "minutes", false),
        "roi" => new(column, "return on investment", "profit by budget", false),
        "vote_average" or "vote_count" or "weighted" or "ratings" or "ratings_count" => Of(column),
        _ when column.EndsWith("_known", StringComparison.Ordinal) => new(column, $"films with known {Spaced(column[..^6])}", "films", true),
        _ when column.EndsWith("_releases", StringComparison.Ordinal) => new(column, $"films of the {Spaced(column[..^9])}", "films", false),
        _ when Aggregated(column) is var (stem, made) => Of(stem, made, popularity) with { Column = column },
        _ => new(column, Spaced(column), Spaced(column), false),
    };

    private static ChartMeasure Of(string column) => column switch
    {
        "vote_average" => new(column, "mean vote", "votes from 0 to 10", false),
        "vote_count" => new(column, "mean number of votes", "votes a film", false),
        "weighted" => new(column, "weighted rating", "IMDb's formula, 0 to 10", false),
        "ratings" => new(column, "mean rating", "MovieLens's ratings, 0.5 to 5", false),
        _ => new(column, "mean number of ratings", "ratings a film", false),
    };

    private static string Spaced(string column) => column.Replace('_', ' ');

    /// <summary>The measure and what is made of it, of a column such as revenue_max; null where the name says nothing of the kind.</summary>
    private static (string Stem, Aggregate Made)? Aggregated(string column)
    {
        foreach (var aggregate in Enum.GetValues<Aggregate>())
        {
            var end = $"_{ReportWords.Of(aggregate)}";
            if (column.EndsWith(end, StringComparison.Ordinal))
            {
                return (column[..^end.Length], aggregate);
            }
        }

        return null;
    }

    /// <summary>
    /// Whether its axis begins at zero. Marks and ranks differ by little and have no meaningful zero; their lines would all be flat.
    /// </summary>
    public bool FromZero => Column is not ("popularity" or "rank" or "vote_average" or "weighted" or "ratings");

    /// <summary>The same in dollars of a year.</summary>
    internal ChartMeasure In(int? year) =>
        year is { } known && Unit == "US dollars" ? this with { Unit = FormattableString.Invariant($"US dollars of {known}") } : this;

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
            var near = NearestNames.Of(name, measures);
            var hint = near.Count > 0 ? $"; did you mean {string.Join(" or ", near)}?" : ";";
            throw new Model.UsageException($"--measure: this result has no column '{name}' to draw{hint} It has {string.Join(", ", measures)}.");
        }

        return columns.Select(column => column.Name).ToList().IndexOf(name);
    }
}
