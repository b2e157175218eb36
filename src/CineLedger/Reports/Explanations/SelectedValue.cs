using CineLedger.Reports.Queries;

namespace CineLedger.Reports.Explanations;

/// <summary>The value of each movie behind a measure, as SQL over a table of movies <c>f</c>: an amount, the difference of both amounts, or another value.</summary>
internal sealed record SelectedValue(IReadOnlyList<MovieValue> Needs, string Sql)
{
    /// <summary>Returns the value that a measure aggregates; null for counts.</summary>
    /// <param name="use">The measure.</param>
    /// <param name="acrossSnapshots">
    /// Whether values of several snapshots are compared. The mean of all movies differs between snapshots, so a weighted rating is compared by its average vote.
    /// </param>
    public static SelectedValue? Create(SelectedMeasure use, bool acrossSnapshots = false)
    {
        MovieValue[] needs = [.. MeasureSql.GetRequiredValues(use).Select(value => acrossSnapshots && value.NeedsGlobalMean ? MovieValues.Get("vote_average") : value)];
        return needs.Length switch
        {
            0 => null,
            1 => new(needs, $"CAST(f.{needs[0].Name} AS FLOAT8)"),
            _ => new(needs, "CAST(f.revenue - f.budget AS FLOAT8)"),
        };
    }
}
