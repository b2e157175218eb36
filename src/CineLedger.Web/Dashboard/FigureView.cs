using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard;

/// <summary>A figure of a page: a chart with its table, or only a table, in the parameters of <see cref="Components.ChartPanel"/>.</summary>
/// <param name="Id">The ID of its element, unique on the page.</param>
/// <param name="Title">The heading.</param>
/// <param name="Table">The values, also those of the chart.</param>
public sealed record FigureView(string Id, string Title, TableView Table)
{
    public ChartView? Chart { get; init; }

    public PageQuery? Query { get; init; }

    public PageState? QueryState { get; init; }

    public Func<string?, string>? DownloadAddress { get; init; }

    /// <summary>The sentences under the heading; those that are null are omitted.</summary>
    public IReadOnlyList<string?> Notes { get; init; } = [];

    /// <summary>The links after the sentences.</summary>
    public IReadOnlyList<FigureLink> Links { get; init; } = [];

    public bool ShowsTableBeside { get; init; } = true;

    /// <summary>Whether a long table shows only so many rows that it is about as high as the chart beside it.</summary>
    public bool IsShort { get; init; }
}

/// <param name="IsCurrent">Whether the link is the selected one of several choices; null for other links.</param>
public sealed record FigureLink(string Title, string Address, bool? IsCurrent = null);
