using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>
/// The movies for tests of pages: a dozen ordinary ones from 1990 to 2005, including Toy Story, a loss, a year without known amounts,
/// and companies whose names contain markup, quotes and other hostile text.
/// </summary>
internal static class DashboardMovies
{
    public const string Script = "<script>alert('x')</script>";
    public const string Quotes = "O'Neil & \"Sons\"";
    public const string RightToLeft = "استوديو \u202Eالأفلام";
    public const string Slashes = "A/B ..? #1 100%";
    public static readonly string Long = string.Concat(Enumerable.Repeat("Verylongwordwithoutaspace", 20));

    public static string[] Names => [Script, Quotes, RightToLeft, Slashes, Long];

    public static readonly MovieRow[] First =
    [
        Full(862),
        Full(863, ("title", "Toy Story 2"), ("release_date", "1999-10-30"), ("budget", "90000000"), ("revenue", "497366869"), ("imdb_id", "tt0120363")),
        Movie(1, 1990, "Harbour Pictures", "Drama", 12_000_000, 40_500_000, 4),
        Movie(2, 1991, "Harbour Pictures", "Comedy", 8_000_000, 3_000_000, 6),
        Movie(3, 1992, "Meridian", "Drama", 0, 0, 3),
        Movie(4, 1995, "Meridian", "Adventure", 1_000_000_000, 1_200_000_000, 12),
        Movie(5, 1997, "Harbour Pictures", "Horror", 60_000_000, 10_000_000, 2),
        Movie(6, 2000, Quotes, "Drama", 5_000_000, 9_000_000, 5),
        Movie(7, 2001, RightToLeft, "Comedy", 6_000_000, 9_500_000, 7),
        Movie(8, 2003, Slashes, "Drama", 7_000_000, 11_000_000, 8),
        Movie(9, 2004, Long, "Horror", 8_000_000, 12_000_000, 3),
        Movie(10, 2005, Script, "Comedy", 9_000_000, 13_000_000, 9),
        Bare(11, ("title", "Undated"), ("budget", "5000000"), ("revenue", "777000000")),
    ];

    /// <summary>The next snapshot, with one more movie.</summary>
    public static readonly MovieRow[] Second = [.. First, Movie(12, 2005, "Harbour Pictures", "Drama", 20_000_000, 31_000_000, 6)];

    private static MovieRow Movie(int id, int year, string company, string genre, long budget, long revenue, int popularity) => Bare(
        id, ("title", $"Movie {id} of {year}"), ("release_date", $"{year}-06-01"), ("genres", $"[{{'id': {genre[0] + genre.Length}, 'name': '{genre}'}}]"),
        ("production_companies", $"[{{'name': {Literal(company)}, 'id': {id}}}]"), ("budget", $"{budget}"), ("revenue", $"{revenue}"), ("popularity", $"{popularity}"));

    private static string Literal(string text) => $"'{text.Replace("'", "\\'", StringComparison.Ordinal)}'";
}
