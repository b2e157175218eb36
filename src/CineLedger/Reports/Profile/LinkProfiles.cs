using System.Data.Common;
using CineLedger.Loading.Statistics;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Reports.Profile;

/// <summary>Reads profiles of the multi-valued data of movies: linked names and ratings.</summary>
internal static class LinkProfiles
{
    /// <summary>Selects rows that belong to a version of a movie.</summary>
    private static readonly string VersionCondition = $"JOIN movie m ON m.movie_id = x.movie_id AND m.since = x.since WHERE {ProfileSql.InSnapshot}";

    /// <summary>Selects rows from other files of the dataset, which are versioned independently of movies.</summary>
    private static readonly string OwnLifetimeCondition = $"WHERE {AsOf.Build("x")}";

    private static readonly ProfiledLink[] Movies =
    [
        new(LinkProfile.Companies, "movie_company", VersionCondition, "company", "company_id", "d.name"),
        new(LinkProfile.Genres, "movie_genre", VersionCondition, "genre", "genre_id", "d.name") { MaxNames = LinkProfile.MaxGenres },
        new(LinkProfile.Countries, "movie_country", VersionCondition, "country", "country_id", "d.name"),
        new(LinkProfile.Languages, "movie_language", VersionCondition, "language", "language_id", SnapshotStatistics.LanguageLabel),
    ];

    private static readonly ProfiledLink[] RelatedLinks =
    [
        new(LinkProfile.Cast, "movie_person", $"{OwnLifetimeCondition} AND x.credit = 'cast'", "person", "person_id", "d.name") { MayRepeat = true },
        new(LinkProfile.Crew, "movie_person", $"{OwnLifetimeCondition} AND x.credit = 'crew'", "person", "person_id", "d.name") { MayRepeat = true },
        new(LinkProfile.Keywords, "movie_keyword", OwnLifetimeCondition, "keyword", "keyword_id", "d.name") { MayRepeat = true },
        new("ratings", "movie_rating", OwnLifetimeCondition, "", "rating_year", "CAST(k.name_id AS TEXT)") { Entries = "SUM(x.ratings)" },
    ];

    /// <summary>Reads the profiles of the ledger's links. Related data that was never loaded is omitted.</summary>
    public static async Task<IReadOnlyList<LinkProfile>> ReadAsync(
        DbConnection connection, int snapshot, long movies, IReadOnlyDictionary<string, ProfilePart> stored, CancellationToken cancellationToken)
    {
        var profiles = new List<LinkProfile>();
        foreach (var link in Movies)
        {
            profiles.Add(await ReadLinkAsync(link).ConfigureAwait(false));
        }

        if (await Migrations.ReadVersionAsync(connection, "", cancellationToken).ConfigureAwait(false) >= 2)
        {
            foreach (var link in RelatedLinks)
            {
                var profile = await ReadLinkAsync(link).ConfigureAwait(false);
                if (profile.Entries > 0)
                {
                    profiles.Add(profile);
                }
            }
        }

        return profiles;

        async Task<LinkProfile> ReadLinkAsync(ProfiledLink link) => stored.TryGetValue(ProfilePart.GetLinkName(link.Name), out var part)
            ? part.ReadLink()
            : await ReadAsync(link, connection, snapshot, movies, cancellationToken).ConfigureAwait(false);
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
    /// be among the most frequent are looked up. A person with several credits in a movie counts once. Counting distinct movies is expensive, so
    /// it is limited to names that have at least as many entries as the names with the most entries have movies: a name never has more movies than entries.
    /// </summary>
    private static string BuildNames(ProfiledLink link) =>
        $"""
        WITH counted AS (
            SELECT x.{link.Number} AS name_id, CAST({link.Entries} AS BIGINT) AS entries
            FROM {link.Table} x {link.Rows} GROUP BY x.{link.Number}),
        {BuildMovies(link)},
        whole AS (SELECT COUNT(*) AS kinds, CAST(SUM(entries) AS BIGINT) AS entries FROM counted),
        placed AS (SELECT name_id, movies, RANK() OVER (ORDER BY movies DESC) AS place FROM named)
        SELECT {link.Label} AS name, k.movies, w.kinds, w.entries
        FROM placed k {(link.Names.Length > 0 ? $"JOIN {link.Names} d ON d.{link.Number} = k.name_id " : "")}CROSS JOIN whole w
        WHERE k.place <= {link.MaxNames}
        ORDER BY k.movies DESC, name, k.name_id LIMIT {link.MaxNames}
        """;

    /// <summary>Builds the common table <c>named</c> of names and their movies, at least of those that may be among the most frequent.</summary>
    private static string BuildMovies(ProfiledLink link)
    {
        return !link.MayRepeat ? "named AS (SELECT name_id, entries AS movies FROM counted)" : $"""
            longest AS (SELECT name_id FROM counted ORDER BY entries DESC LIMIT {link.MaxNames}),
            least AS (SELECT MIN(movies) AS movies FROM ({BuildDistinct("SELECT name_id FROM longest")}) d),
            named AS ({BuildDistinct("SELECT name_id FROM counted WHERE entries >= (SELECT movies FROM least)")})
            """;

        string BuildDistinct(string names) =>
            $"SELECT x.{link.Number} AS name_id, COUNT(DISTINCT x.movie_id) AS movies FROM {link.Table} x {link.Rows} AND x.{link.Number} IN ({names}) GROUP BY x.{link.Number}";
    }

    /// <param name="Name">The profile's name.</param>
    /// <param name="Table">The table of links.</param>
    /// <param name="Rows">The join and condition that select the table's rows.</param>
    /// <param name="Names">The table of names; empty when the ID itself is the name.</param>
    /// <param name="Number">The column that holds the ID of a name.</param>
    /// <param name="Label">The expression for the displayed name.</param>
    private sealed record ProfiledLink(string Name, string Table, string Rows, string Names, string Number, string Label)
    {
        public int MaxNames { get; init; } = ValueStatistics.MaxFrequent;

        /// <summary>Gets the expression that counts the entries in a group of rows.</summary>
        public string Entries { get; init; } = "COUNT(*)";

        /// <summary>Gets whether a movie may have several entries of the same name.</summary>
        public bool MayRepeat { get; init; }
    }
}
