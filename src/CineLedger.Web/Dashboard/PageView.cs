using CineLedger.Reports;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Dashboard;

/// <summary>All that the layout shows. A page about a problem has a title and the problem alone: there may be no ledger to ask.</summary>
public sealed record PageView(string Title)
{
    public PageRequest? Request { get; init; }

    public PageDefinition? Page { get; init; }

    public PageContent? Content { get; init; }

    public Problem? Problem { get; init; }

    public YearTimeline? Timeline { get; init; }

    /// <summary>What the page rests on.</summary>
    public Coverage? Coverage { get; init; }

    public PageState State => Request?.State ?? new();
}
