using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard;

/// <summary>A page of the dashboard: its address, its place in the navigation, and how it is made.</summary>
public sealed record PageDefinition
{
    /// <summary>As routing writes it: <c>/companies/{name}</c>. Its values are parameters with <see cref="Parameter.IsInPath"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Its entry in the navigation; null for a page that others lead to.</summary>
    public NavItem? Nav { get; init; }

    /// <summary>Its own parameters, beside those of <see cref="PageState"/>.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>False of a page that is of no years: it has no spine.</summary>
    public bool HasTimeline { get; init; } = true;

    /// <summary>Finds the state in an address that has it in words of its own; null where it stands there as on all pages.</summary>
    public Func<ParameterValues, PageAddress>? ReadAddress { get; init; }

    /// <summary>True of a page that shows what changes without a new snapshot: it is made anew for each request, and kept by nobody.</summary>
    public bool IsLive { get; init; }

    /// <summary>
    /// Asks for all that the page shows: components only render. Throws <see cref="Errors.ProblemException"/> or
    /// <see cref="Model.UsageException"/>, which become a page that says so.
    /// </summary>
    public required Func<PageRequest, CancellationToken, Task<PageContent>> ReadContent { get; init; }

    public ParameterSet AllParameters => field ??= new([.. PageState.Parameters, .. Parameters]);
}

/// <summary>What an address says of a page that has words of its own for the state.</summary>
/// <param name="State">What goes along to other pages.</param>
/// <param name="OwnParameters">The page's own parameters: what the address says beside the state.</param>
public sealed record PageAddress(PageState State, IReadOnlyList<(string Name, string Value)> OwnParameters)
{
    /// <summary>The address that says the same in the words that are kept, where a browser is sent; null for the one it came to.</summary>
    public string? RedirectTo { get; init; }
}

/// <param name="Title">What the navigation calls it.</param>
/// <param name="Address">Where it leads.</param>
/// <param name="Order">Its place: 0 for the overview; tens, so that others fit in between.</param>
public sealed record NavItem(string Title, string Address, int Order);

/// <summary>What a page shows.</summary>
/// <param name="Title">Of the browser's window.</param>
/// <param name="Component">A Razor component with a parameter <c>Model</c>.</param>
/// <param name="Model">Everything that it shows.</param>
public sealed record PageContent(string Title, Type Component, object Model)
{
    public int Status { get; init; } = 200;

    /// <summary>Whether it has charts, and so needs the library for them.</summary>
    public bool HasCharts { get; init; }

    /// <summary>What the page rests on; null for all movies of the ledger.</summary>
    public CineLedger.Reports.Coverage? Coverage { get; init; }
}
