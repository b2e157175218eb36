using CineLedger.Reports;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard;

/// <summary>A page of the dashboard: its address, its entry in the navigation, and the reader of its content.</summary>
public sealed record PageDefinition
{
    /// <summary>The route pattern: <c>/companies/{name}</c>. Its values are parameters with <see cref="Parameter.IsInPath"/>.</summary>
    public required string Path { get; init; }

    /// <summary>The entry in the navigation; null for a page that is reached only by links.</summary>
    public NavItem? Nav { get; init; }

    /// <summary>The parameters of this page, in addition to those of <see cref="PageState"/>.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Whether the page shows the timeline; false for pages that do not depend on years.</summary>
    public bool HasTimeline { get; init; } = true;

    /// <summary>
    /// Whether the page shows the years with enough known revenues if its address names none; see <see cref="LedgerYears.DefaultSpan"/>. Lists of movies and queries have all.
    /// </summary>
    public bool HasDefaultYears { get; init; }

    /// <summary>Reads the condition on the movies of the timeline, such as those of a company; null for all movies.</summary>
    public Func<PageRequest, CancellationToken, Task<string?>>? ReadTimelineFilter { get; init; }

    /// <summary>The path of the page that shows several years, if one year has a page of its own; null if this page shows any range.</summary>
    public string? RangePath { get; init; }

    /// <summary>Reads the state from the address of a page that has its own syntax; null when the page uses the common parameters.</summary>
    public Func<ParameterValues, PageAddress>? ReadAddress { get; init; }

    /// <summary>Whether the page shows data that can change without a new snapshot. It is then rendered for each request and not cached.</summary>
    public bool IsLive { get; init; }

    /// <summary>
    /// Reads everything that the page shows, so that components only render. Throws <see cref="Errors.ProblemException"/> or
    /// <see cref="Model.UsageException"/>, which are shown as an error page.
    /// </summary>
    public required Func<PageRequest, CancellationToken, Task<PageContent>> ReadContent { get; init; }

    public ParameterSet AllParameters => field ??= new([.. PageState.Parameters, PageRequest.Rows, .. Parameters, .. FigureParameters.All]);
}

/// <summary>The address of a page with its own syntax for the state.</summary>
/// <param name="State">The state that links to other pages keep.</param>
/// <param name="OwnParameters">The page's own parameters: those that are not part of the state.</param>
public sealed record PageAddress(PageState State, IReadOnlyList<(string Name, string Value)> OwnParameters)
{
    /// <summary>The canonical form of the address, to which the browser is redirected; null when the address is canonical.</summary>
    public string? RedirectTo { get; init; }
}

/// <param name="Title">The label.</param>
/// <param name="Address">The address of the page.</param>
/// <param name="Order">The position: 0 for the overview, then multiples of ten, which leave room for new pages.</param>
public sealed record NavItem(string Title, string Address, int Order);

/// <summary>The content of a page.</summary>
/// <param name="Title">The title of the browser window.</param>
/// <param name="Component">A Razor component with a parameter <c>Model</c>.</param>
/// <param name="Model">All data that the component shows.</param>
public sealed record PageContent(string Title, Type Component, object Model)
{
    public int Status { get; init; } = 200;

    /// <summary>The address to redirect to instead of showing the page; null to show it.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>Whether the page has charts and needs the chart library.</summary>
    public bool HasCharts { get; init; }

    /// <summary>The coverage of the movies on the page; null for all dated movies in the ledger.</summary>
    public Coverage? Coverage { get; init; }
}
