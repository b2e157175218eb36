using CineLedger.Reports;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard;

/// <summary>A kind of names that have pages of their own, where they can be compared.</summary>
/// <param name="Dimension">The dimension of queries.</param>
/// <param name="Section">The first segment of their addresses, and the plural in sentences.</param>
public sealed record NameKind(string Dimension, string Section)
{
    public static NameKind Company { get; } = new("company", "companies");

    public static NameKind Studio { get; } = new("studio", "studios");

    public static NameKind Genre { get; } = new("genre", "genres");

    public static IReadOnlyList<NameKind> All { get; } = [Company, Studio, Genre];

    /// <summary>The singular at the beginning of a sentence.</summary>
    public string Title => ReportOptionNames.ToHeading(Dimension);

    public string GetLink(PageState state, string name) => state.GetLink(PageState.GetPath(Section, name));

    /// <summary>Returns the address of the dated movies of a name.</summary>
    public string GetMoviesLink(PageState state, string name) =>
        MovieLinks.GetListPath(state, ("where", PageQuery.FilterByName(Dimension, name)), MovieLinks.GetDatedFilter(state));

    /// <summary>Returns the address of the movies of a name in one year, or of those of one genre.</summary>
    public string GetMoviesLink(PageState state, string name, long year, string? genre = null) =>
        MovieLinks.GetListPath(state, year, ("where", PageQuery.FilterByName(Dimension, name)), ("genre", genre));
}
