using System.Data.Common;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Profile;

/// <summary>Reads profiles of the multi-valued data of movies: linked names and ratings.</summary>
internal static class LinkProfiles
{
    private const int MaxGenres = 30;

    /// <summary>Selects rows that belong to a version of a movie.</summary>
    private static readonly string VersionCondition = $"JOIN movie m ON m.movie_id = x.movie_id AND m.since = x.since WHERE {ProfileSql.InSnapshot}";

    /// <summary>Selects rows from other files of the dataset, which are versioned independently of movies.</summary>
    private static readonly string OwnLifetimeCondition = $"WHERE {AsOf.Build("x")}";

    private static readonly ProfiledLink[] Movies =
    [
        new("companies", "movie_company", VersionCondition, "company", "company_id", "d.name"),
        new("genres", "movie_genre", VersionCondition, "genre", "genre_id", "d.name") { MaxNames = MaxGenres },
        new("countries", "movie_country", VersionCondition, "country", "country_id", "d.name"),
        new("spoken_languages", "movie_language", VersionCondition, "language", "language_id", "CASE d.name WHEN '' THEN d.code ELSE d.name END"),
    ];

    private static readonly ProfiledLink[] RelatedLinks =
    [
        new("cast", "movie_person", $"{OwnLifetimeCondition} AND x.credit = 'cast'", "person", "person_id", "d.name"),
        new("crew", "movie_person", $"{OwnLifetimeCondition} AND x.credit = 'crew'", "person", "person_id", "d.name"),
        new("keywords", "movie_keyword", OwnLifetimeCondition, "keyword", "keyword_id", "d.name"),
        new("ratings", "movie_rating", OwnLifetimeCondition, "", "rating_year", "CAST(k.name_id AS TEXT)") { Entries = "SUM(x.ratings)", MoviesOfName = "SUM(x.ratings)" },
    ];

    /// <summary>Reads the profiles of the ledger's links. Related data that was never loaded is omitted.</summary>
    public static async Task<IReadOnlyList<LinkProfile>> ReadAsync(DbConnection connection, int snapshot, long movies, CancellationToken cancellationToken)
    {
        var profiles = new List<LinkProfile>();
        foreach (var link in Movies)
        {
            profiles.Add(await ReadAsync(link, connection, snapshot, movies, cancellationToken).ConfigureAwait(false));
        }

        if (await Migrations.ReadVersionAsync(connection, "", cancellationToken).ConfigureAwait(false) >= 2)
        {
            foreach (var link in RelatedLinks)
            {
                var profile = await ReadAsync(link, connection, snapshot, movies, cancellationToken).ConfigureAwait(false);
                if (profile.Entries > 0)
                {
                    profiles.Add(profile);
                }
            }
        }

        return profiles;
    }

    private static async Task<LinkProfile> ReadAsync(ProfiledLink link, DbConnection connection, int snapshot, long movies, CancellationToken cancellationToken)
    {
        var perMovie = await ValueCounts.ReadAsync(
            $"SELECT entries AS v, COUNT(*) AS n FROM (SELECT x.movie_id, CAST({link.Entries} AS BIGINT) AS entries FROM {link.Table} x {link.Rows} GROUP BY x.movie_id) f "
            + "GROUP BY entries",
            exact: false,
            connection,
            snapshot,
            cancellationToken).ConfigureAwait(false);
        var names = await connection.QueryAsync(
            BuildNames(link),
            row => (Name: row.GetString(0), Movies: row.GetInt64(1), Kinds: row.GetInt64(2), All: row.GetInt64(3)),
            cancellationToken,
            snapshot).ConfigureAwait(false);
        return new LinkProfile(
            link.Name, perMovie.Known, movies - perMovie.Known, names.Count > 0 ? names[0].All : 0, names.Count > 0 ? names[0].Kinds : 0, perMovie.Quantiles,
            [.. names.Select(name => new ValueFrequency(name.Name, name.Movies))]);
    }

    /// <summary>
    /// Builds a query of the most frequent names: <c>name, movies, kinds, entries</c>. It counts by name ID first, so that only names that may
    /// be among the most frequent are looked up.
    /// </summary>
    private static string BuildNames(ProfiledLink link) =>
        $"""
        WITH counted AS (
            SELECT x.{link.Number} AS name_id, CAST({link.MoviesOfName} AS BIGINT) AS movies, CAST({link.Entries} AS BIGINT) AS entries
            FROM {link.Table} x {link.Rows} GROUP BY x.{link.Number}),
        whole AS (SELECT COUNT(*) AS kinds, CAST(SUM(entries) AS BIGINT) AS entries FROM counted),
        placed AS (SELECT name_id, movies, RANK() OVER (ORDER BY movies DESC) AS place FROM counted)
        SELECT {link.Label} AS name, k.movies, w.kinds, w.entries
        FROM placed k {(link.Names.Length > 0 ? $"JOIN {link.Names} d ON d.{link.Number} = k.name_id " : "")}CROSS JOIN whole w
        WHERE k.place <= {link.MaxNames}
        ORDER BY k.movies DESC, name, k.name_id LIMIT {link.MaxNames}
        """;

    /// <param name="Name">The profile's name.</param>
    /// <param name="Table">The table of links.</param>
    /// <param name="Rows">The join and condition that select the table's rows.</param>
    /// <param name="Names">The table of names; empty when the ID itself is the name.</param>
    /// <param name="Number">The column that holds the ID of a name.</param>
    /// <param name="Label">The expression for the displayed name.</param>
    private sealed record ProfiledLink(string Name, string Table, string Rows, string Names, string Number, string Label)
    {
        public int MaxNames { get; init; } = ProfileSql.MostFrequent;

        /// <summary>Gets the expression that counts the entries in a group of rows.</summary>
        public string Entries { get; init; } = "COUNT(*)";

        /// <summary>Gets the expression that names are ordered by.</summary>
        public string MoviesOfName { get; init; } = "COUNT(DISTINCT x.movie_id)";
    }
}
