using System.Data.Common;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Profile;

/// <summary>Profiles of what films have several of: names that they are linked to, and ratings.</summary>
internal static class LinkProfiles
{
    private const int MostGenres = 30;

    /// <summary>Rows of the films' own version.</summary>
    private static readonly string OfVersion = $"JOIN movie m ON m.movie_id = x.movie_id AND m.since = x.since WHERE {ProfileSql.InSnapshot}";

    /// <summary>Rows with a life of their own, from another file of the dataset.</summary>
    private static readonly string OfTheirOwn = $"WHERE {AsOf.Sql("x")}";

    private static readonly Link[] Films =
    [
        new("companies", "movie_company", OfVersion, "company", "company_id", "d.name"),
        new("genres", "movie_genre", OfVersion, "genre", "genre_id", "d.name") { Most = MostGenres },
        new("countries", "movie_country", OfVersion, "country", "country_id", "d.name"),
        new("spoken_languages", "movie_language", OfVersion, "language", "language_id", "CASE d.name WHEN '' THEN d.code ELSE d.name END"),
    ];

    private static readonly Link[] Sides =
    [
        new("cast", "movie_person", $"{OfTheirOwn} AND x.credit = 'cast'", "person", "person_id", "d.name"),
        new("crew", "movie_person", $"{OfTheirOwn} AND x.credit = 'crew'", "person", "person_id", "d.name"),
        new("keywords", "movie_keyword", OfTheirOwn, "keyword", "keyword_id", "d.name"),
        new("ratings", "movie_rating", OfTheirOwn, "", "rating_year", "CAST(k.name_id AS TEXT)") { Entries = "SUM(x.ratings)", FilmsOfName = "SUM(x.ratings)" },
    ];

    /// <summary>What the ledger has; what other files of the dataset give is left out where they were never read.</summary>
    public static async Task<IReadOnlyList<LinkProfile>> ReadAsync(DbConnection connection, int snapshot, long films, CancellationToken cancellationToken)
    {
        var profiles = new List<LinkProfile>();
        foreach (var link in Films)
        {
            profiles.Add(await ReadAsync(link, connection, snapshot, films, cancellationToken).ConfigureAwait(false));
        }

        if (await Migrations.ReadVersionAsync(connection, "", cancellationToken).ConfigureAwait(false) >= 2)
        {
            foreach (var link in Sides)
            {
                var profile = await ReadAsync(link, connection, snapshot, films, cancellationToken).ConfigureAwait(false);
                if (profile.Entries > 0)
                {
                    profiles.Add(profile);
                }
            }
        }

        return profiles;
    }

    private static async Task<LinkProfile> ReadAsync(Link link, DbConnection connection, int snapshot, long films, CancellationToken cancellationToken)
    {
        var perFilm = await ValueCounts.ReadAsync(
            $"SELECT entries AS v, COUNT(*) AS n FROM (SELECT x.movie_id, CAST({link.Entries} AS BIGINT) AS entries FROM {link.Table} x {link.Rows} GROUP BY x.movie_id) f GROUP BY entries",
            exact: false,
            connection,
            snapshot,
            cancellationToken).ConfigureAwait(false);
        var names = await connection.QueryAsync(Names(link), row => (Name: row.GetString(0), Films: row.GetInt64(1), Kinds: row.GetInt64(2), All: row.GetInt64(3)), cancellationToken, snapshot)
            .ConfigureAwait(false);
        return new LinkProfile(
            link.Name, perFilm.Known, films - perFilm.Known, names.Count > 0 ? names[0].All : 0, names.Count > 0 ? names[0].Kinds : 0, perFilm.Spread,
            [.. names.Select(name => new Frequent(name.Name, name.Films))]);
    }

    /// <summary>
    /// The most frequent names: <c>name, films, kinds, entries</c>. The numbers that stand for names are counted first, so that no more
    /// names are looked up than may be among them.
    /// </summary>
    private static string Names(Link link) =>
        $"""
        WITH counted AS (
            SELECT x.{link.Number} AS name_id, CAST({link.FilmsOfName} AS BIGINT) AS films, CAST({link.Entries} AS BIGINT) AS entries
            FROM {link.Table} x {link.Rows} GROUP BY x.{link.Number}),
        whole AS (SELECT COUNT(*) AS kinds, CAST(SUM(entries) AS BIGINT) AS entries FROM counted),
        placed AS (SELECT name_id, films, RANK() OVER (ORDER BY films DESC) AS place FROM counted)
        SELECT {link.Label} AS name, k.films, w.kinds, w.entries
        FROM placed k {(link.Names.Length > 0 ? $"JOIN {link.Names} d ON d.{link.Number} = k.name_id " : "")}CROSS JOIN whole w
        WHERE k.place <= {link.Most}
        ORDER BY k.films DESC, name, k.name_id LIMIT {link.Most}
        """;

    /// <param name="Name">What it is called.</param>
    /// <param name="Table">Where the links are.</param>
    /// <param name="Rows">Which of them.</param>
    /// <param name="Names">The table of names; empty where the number is the name.</param>
    /// <param name="Number">The number that stands for a name.</param>
    /// <param name="Label">The name.</param>
    private sealed record Link(string Name, string Table, string Rows, string Names, string Number, string Label)
    {
        public int Most { get; init; } = ProfileSql.MostFrequent;

        /// <summary>How many there are in a group of rows.</summary>
        public string Entries { get; init; } = "COUNT(*)";

        /// <summary>What names are put in order by.</summary>
        public string FilmsOfName { get; init; } = "COUNT(DISTINCT x.movie_id)";
    }
}
