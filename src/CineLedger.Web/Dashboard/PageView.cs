using CineLedger.Reports;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Dashboard;

/// <summary>Everything that the layout shows. An error page has only a title and the problem, because the ledger may be unavailable.</summary>
public sealed record PageView(string Title)
{
    public PageRequest? Request { get; init; }

    public PageDefinition? Page { get; init; }

    public PageContent? Content { get; init; }

    public Problem? Problem { get; init; }

    /// <summary>Whether the reader may start loads on this server, for pages without a <see cref="Request"/>.</summary>
    public bool MayLoad { get; init; }

    /// <summary>The interval in seconds at which a browser without scripts reloads a page that shows a running operation; null for never.</summary>
    public int? RefreshSeconds { get; init; }

    /// <summary>The only figure to show, without the layout of pages; null for the whole page.</summary>
    public PageFigure? Figure { get; init; }

    /// <summary>The figures of the page, which are added while it is rendered.</summary>
    public PageFigures Figures { get; init; } = new();

    public LedgerYears? Timeline { get; init; }

    /// <summary>The coverage of the movies on the page.</summary>
    public Coverage? Coverage { get; init; }

    public PageState State => Request?.State ?? new();
}
