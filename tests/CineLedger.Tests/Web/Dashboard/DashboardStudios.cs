using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Studios for tests of pages: a change of owner between two movies, a co-production, a movie of two labels of one studio, and a hostile name.</summary>
internal static class DashboardStudios
{
    public static readonly MovieRow[] Movies =
    [
        .. DashboardMovies.First,
        Movie(20, "Co-production", 100_000_000, "Harbour Pictures", "Meridian"),
        Movie(21, "Two labels", 31_000_000, "Harbour Pictures", "Harbour Films").With(("original_title", "Zwei Häfen")),
    ];

    public static readonly StudioLine[] Lines =
    [
        new("Harbour", "Harbour Pictures", null, null, "https://example.com/harbour?a=1&b=2"),
        new("Harbour", "Harbour Films", null, null, StudioLine.Unsourced),
        new("Meridian Group", "Meridian", "1995", "2002", "https://www.example.org/meridian"),
        new("Pixar", "Pixar Animation Studios", null, null, "https://example.com/pixar"),
        new("Disney", "Pixar", "1999-10-30", null, "https://example.com/disney"),
        new(DashboardMovies.Script, DashboardMovies.Script, null, null, "https://example.com/script"),
        new(StudioLine.Independent, DashboardMovies.Slashes, null, null, StudioLine.Unsourced),
    ];

    private static MovieRow Movie(int id, string title, long revenue, params string[] companies) => Bare(
        id, ("title", title), ("release_date", "2000-03-01"), ("genres", "[{'id': 55, 'name': 'Drama'}]"), ("revenue", $"{revenue}"),
        ("production_companies", $"[{string.Join(", ", companies.Select(name => $"{{'name': '{name}', 'id': {name.Length + 500}}}"))}]"));
}
