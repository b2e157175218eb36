namespace CineLedger.Storage.Schema;

/// <summary>
/// Planned and rumored movies: those with a status other than Released that are dated after the day on which their snapshot was published. They do not count as releases of a
/// year. A past date counts whatever the status, because the dataset leaves many old movies marked as rumored.
/// </summary>
internal static class UnreleasedMovies
{
    /// <summary>Builds a condition on a movie with a year that is true for releases and false for planned and rumored movies; it is never null.</summary>
    /// <param name="alias">The movie table's alias; empty if the columns need none.</param>
    /// <param name="snapshot">An SQL expression for the snapshot's number.</param>
    public static string BuildExclusion(string alias, string snapshot)
    {
        var table = alias.Length > 0 ? $"{alias}." : "";
        var published = $"SELECT CAST(COALESCE(published_at, started_at) AS DATE) FROM snapshot WHERE snapshot_id = {snapshot}";

        // A year without a date is compared by its first day, which is later only in a later year.
        return $"({table}status IS NULL OR {table}status = 'Released' OR COALESCE({table}release_date, MAKE_DATE({table}release_year, 1, 1)) <= ({published}))";
    }
}
