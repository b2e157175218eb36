namespace CineLedger.Storage.Schema;

/// <summary>Builds the links from movies to studios: the studios that owned the movie's companies on its release date.</summary>
internal static class StudioSql
{
    /// <summary>
    /// Builds a query of <c>movie_id</c>, <c>since</c>, <c>studio_id</c> and the company's <c>position</c>, with a row for each company of a studio. A movie of which only the
    /// year is known belongs to the studio that owned the company throughout the year, and one without a year to the studio that always owned it.
    /// </summary>
    /// <param name="snapshot">The placeholder of the snapshot ID.</param>
    public static string BuildLinks(string snapshot) =>
        $"""
        SELECT c.movie_id, c.since, s.studio_id, c.position
              FROM movie_company c
              JOIN company_studio s ON s.company_id = c.company_id AND s.studio_id > 0 AND {AsOf.Build("s", snapshot)}
              JOIN movie y ON y.movie_id = c.movie_id AND y.since = c.since AND {BuildOwnership("s", "y")}
        """;

    /// <summary>Builds the condition that a movie was released while a row of <c>company_studio</c> applied.</summary>
    /// <param name="studio">The alias of the row.</param>
    /// <param name="movie">The alias of the movie.</param>
    public static string BuildOwnership(string studio, string movie) =>
        $"""
        {studio}.owned_from <= COALESCE({movie}.release_date, MAKE_DATE({movie}.release_year, 1, 1), DATE '0001-01-01')
                AND {studio}.owned_to >= COALESCE({movie}.release_date, MAKE_DATE({movie}.release_year, 12, 31), DATE '9999-12-31')
        """;
}
