using CineLedger.Model;

namespace CineLedger.Reports;

/// <summary>
/// The SQL of the three yearly reports: one text for every engine. Films are grouped by the numbers of names first and get the names
/// afterwards, since comparing numbers is many times cheaper.
/// </summary>
public static class ReportSql
{
    private static readonly string[] Amounts = ["budget", "revenue", "profit", "matched_profit"];

    /// <summary>The columns of a report, in their order.</summary>
    public static IReadOnlyList<Column> Columns(ReportRequest request) => [.. Names(request.Report).Select(name => new Column(name, KindOf(name, request)))];

    /// <summary>The rows of a report as of a snapshot. Throws <see cref="UsageException"/> where the order is by an unknown column.</summary>
    public static SqlText Build(ReportRequest request, int snapshotId)
    {
        var columns = Names(request.Report);
        if (request.Order is { } order && !columns.Contains(order))
        {
            throw new UsageException($"--order: this report has no column '{order}'; it has {string.Join(", ", columns)}.");
        }

        if (request.From > request.To)
        {
            throw new UsageException($"--from {request.From} is after --to {request.To}: no year is in between.");
        }

        var sql = new SqlText();
        var film = FilmSql.With(request, sql, snapshotId, dated: true);
        var rows = request.Report switch
        {
            ReportName.Companies => Companies(request, sql),
            ReportName.Genres => Genres(request, sql),
            _ => CompanyGenres(request, sql),
        };
        var limit = request.Limit is { } most ? $"\nLIMIT {sql.Add(most)}" : "";
        sql.Text = $"{film}{rows}\nORDER BY {OrderBy(request)}{limit}";
        return sql;
    }

    /// <summary>One row: the films that the report rests on, and those left out because they have no release date.</summary>
    public static SqlText BuildCoverage(ReportRequest request, int snapshotId, bool dated)
    {
        var sql = new SqlText();
        var film = FilmSql.With(request with { Popularity = Popularity.Popularity }, sql, snapshotId, dated);
        var filters = new List<string>();
        if (request.Companies.Count > 0)
        {
            filters.Add(FilmSql.Has("company", request.Companies, sql));
        }
        else if (request.Report != ReportName.Genres)
        {
            filters.Add("f.company_count > 0");
        }

        if (request.Genres.Count > 0)
        {
            filters.Add(FilmSql.Has("genre", request.Genres, sql));
        }
        else if (request.Report != ReportName.Companies)
        {
            filters.Add("f.genre_count > 0");
        }

        sql.Text = $"{film}\nSELECT COUNT(*), COUNT(f.budget), COUNT(f.revenue) FROM film f WHERE {string.Join(" AND ", filters)}";
        return sql;
    }

    private static string Companies(ReportRequest request, SqlText sql) =>
        $"""
        , grouped AS (
            SELECT f.year, l.company_id, {MeasureSql.All(request, "company")}
            FROM film f
            JOIN movie_company l ON l.movie_id = f.movie_id AND l.since = f.since{Where([OfGenres(request, sql), OfCompanies(request, sql), InRange(request, sql)])}
            GROUP BY f.year, l.company_id)
        SELECT g.year, n.name AS company, g.releases, g.budget, g.revenue, g.profit, g.matched_profit, g.popularity,
               g.budget_known, g.revenue_known, g.profit_known
        FROM grouped g
        JOIN company n ON n.company_id = g.company_id
        """;

    private static string Genres(ReportRequest request, SqlText sql) =>
        $"""
        , grouped AS (
            SELECT f.year, l.genre_id, {MeasureSql.All(request, "genre")}
            FROM film f
            JOIN movie_genre l ON l.movie_id = f.movie_id AND l.since = f.since{Where(request.Companies, names => FilmSql.Has("company", names, sql))}
            GROUP BY f.year, l.genre_id),
        ranked AS (
            SELECT g.*, RANK() OVER (PARTITION BY g.year ORDER BY g.popularity DESC NULLS LAST) AS rank
            FROM grouped g)
        SELECT g.year, n.name AS genre, g.rank, g.releases, g.popularity, g.budget, g.revenue, g.profit, g.matched_profit,
               g.budget_known, g.revenue_known, g.profit_known
        FROM ranked g
        JOIN genre n ON n.genre_id = g.genre_id{Where(request.Genres, names => $"n.name IN ({sql.AddAll(names)})")}
        """;

    private static string CompanyGenres(ReportRequest request, SqlText sql) =>
        $"""
        , company_film AS (
            SELECT f.year, l.company_id, f.movie_id, f.since
            FROM film f
            JOIN movie_company l ON l.movie_id = f.movie_id AND l.since = f.since{Where([OfCompanies(request, sql), InRange(request, sql)])}),
        company_year AS (
            SELECT c.year, c.company_id, COUNT(*) AS company_releases
            FROM company_film c
            GROUP BY c.year, c.company_id),
        grouped AS (
            SELECT c.year, c.company_id, l.genre_id, COUNT(*) AS releases
            FROM company_film c
            JOIN movie_genre l ON l.movie_id = c.movie_id AND l.since = c.since
            GROUP BY c.year, c.company_id, l.genre_id)
        SELECT g.year, n.name AS company, k.name AS genre, g.releases, y.company_releases
        FROM grouped g
        JOIN company_year y ON y.year = g.year AND y.company_id = g.company_id
        JOIN company n ON n.company_id = g.company_id
        JOIN genre k ON k.genre_id = g.genre_id{Where(request.Genres, names => $"k.name IN ({sql.AddAll(names)})")}
        """;

    private static string Where(IReadOnlyList<string> names, Func<IReadOnlyList<string>, string> condition) =>
        names.Count == 0 ? "" : $"\n    WHERE {condition(names)}";

    private static string Where(string?[] conditions) =>
        conditions.Any(condition => condition is not null) ? $"\n    WHERE {string.Join(" AND ", conditions.OfType<string>())}" : "";

    private static string? OfGenres(ReportRequest request, SqlText sql) =>
        request.Genres.Count > 0 ? FilmSql.Has("genre", request.Genres, sql) : null;

    private static string? OfCompanies(ReportRequest request, SqlText sql) =>
        request.Companies.Count > 0 ? $"l.company_id IN (SELECT y.company_id FROM company y WHERE y.name IN ({sql.AddAll(request.Companies)}))" : null;

    private static string? InRange(ReportRequest request, SqlText sql)
    {
        if (request.CompanyRange is not { } range)
        {
            return null;
        }

        var bounds = new List<string>();
        if (range.From is { } from)
        {
            bounds.Add($"r.name >= {sql.Add(from)}");
        }

        if (range.Before is { } before)
        {
            bounds.Add($"r.name < {sql.Add(before)}");
        }

        return $"l.company_id IN (SELECT r.company_id FROM company r WHERE {string.Join(" AND ", bounds)})";
    }

    private static string OrderBy(ReportRequest request)
    {
        var own = request.Report switch
        {
            ReportName.Companies => "company, year",
            ReportName.Genres => "year, popularity DESC NULLS LAST, genre",
            _ => "company, year, genre",
        };
        return request.Order is { } column ? $"{column}{(request.Descending ? " DESC" : "")} NULLS LAST, {own}" : own;
    }

    private static string[] Names(ReportName report) => report switch
    {
        ReportName.Companies =>
            ["year", "company", "releases", "budget", "revenue", "profit", "matched_profit", "popularity", "budget_known", "revenue_known", "profit_known"],
        ReportName.Genres =>
        [
            "year", "genre", "rank", "releases", "popularity", "budget", "revenue", "profit", "matched_profit",
            "budget_known", "revenue_known", "profit_known",
        ],
        _ => ["year", "company", "genre", "releases", "company_releases"],
    };

    private static ColumnKind KindOf(string name, ReportRequest request) => name switch
    {
        "company" or "genre" => ColumnKind.Text,
        "popularity" => ColumnKind.Number,
        "year" => ColumnKind.Identifier,
        _ when Amounts.Contains(name) && request.Aggregate != Aggregate.Sum => ColumnKind.Number,
        _ => ColumnKind.Whole,
    };
}
