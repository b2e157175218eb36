using CineLedger.Reports;
using CineLedger.Web.Dashboard.Movies;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard;

/// <summary>A kind of names that have pages of their own, where they can be compared.</summary>
/// <param name="Dimension">The dimension of queries.</param>
/// <param name="Section">The first segment of their addresses, and the plural in sentences.</param>
public sealed record NameKind(string Dimension, string Section)
{
    public static NameKind Company { get; } = new("company", "companies");

    public static NameKind Studio { get; } = new("studio", "studios");

    public static NameKind Genre { get; } = new("genre", "genres");

    public static NameKind Director { get; } = new("director", "people");

    public static NameKind Actor { get; } = new("actor", "people");

    public static NameKind Collection { get; } = new("collection", "collections");

    /// <summary>The kinds whose names can be compared and suggested.</summary>
    public static IReadOnlyList<NameKind> All { get; } = [Company, Studio, Genre, Director, Actor, Collection];

    /// <summary>The singular at the beginning of a sentence.</summary>
    public string Title => ReportOptionNames.ToHeading(Dimension);

    /// <summary>The plural as the heading of a list.</summary>
    public string SectionTitle => ReportOptionNames.ToHeading(Section);

    public string GetLink(PageState state, string name) => state.GetLink(PageState.GetPath(Section, name));

    /// <summary>Returns the filter of the timeline of a page whose path contains a name; see <see cref="PageDefinition.ReadTimelineFilter"/>.</summary>
    internal Func<PageRequest, CancellationToken, Task<string?>> CreateTimelineFilter(Parameter<string?> name) =>
        (request, _) => Task.FromResult<string?>(PageQuery.FilterByName(Dimension, request.Values.Get(name)!));

    /// <summary>Returns the address of the dated movies of a name.</summary>
    public string GetMoviesLink(PageState state, string name) =>
        MovieLinks.GetListPath(state, GetFilter(name), MovieLinks.GetDatedFilter(state));

    /// <summary>Returns the filter of the list of movies that selects a name and, if the display options say so, its part of each movie.</summary>
    public (string Name, string? Value) GetFilter(string name) => this == Genre ? (Dimension, name) : ("where", PageQuery.FilterByName(Dimension, name));

    /// <summary>Returns the address of the movies of a name in one year, or of those of one genre.</summary>
    public string GetMoviesLink(PageState state, string name, long year, string? genre = null) =>
        MovieLinks.GetListPath(state, year, GetFilter(name), ("genre", genre));
}
