using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Dashboard;

/// <summary>The figures of a page, which register themselves while the page is rendered, so that each can also be shown alone or drawn as an image.</summary>
public sealed class PageFigures
{
    private readonly Dictionary<string, PageFigure> _figures = new(StringComparer.Ordinal);

    /// <summary>Adds a figure. Throws <see cref="InvalidOperationException"/> when another figure of the page has its ID.</summary>
    public void Add(PageFigure figure)
    {
        if (!_figures.TryAdd(figure.Id, figure))
        {
            throw new InvalidOperationException($"two figures of the page have the ID {figure.Id}");
        }
    }

    /// <summary>Returns the figure with an ID. Throws <see cref="ProblemException"/> when there is none.</summary>
    public PageFigure Get(string id) => _figures.GetValueOrDefault(id) ?? throw Problems.NotFound(
        _figures.Count == 0 ? "the page has no figures." : $"the page has no figure '{id}': it has {string.Join(", ", _figures.Keys)}.");
}

/// <summary>A figure of a page.</summary>
/// <param name="Id">The ID of its element, unique on the page.</param>
/// <param name="Title">The heading.</param>
/// <param name="Chart">The chart; null for a table.</param>
/// <param name="Parameters">The parameters of its component.</param>
public sealed record PageFigure(string Id, string Title, ChartView? Chart, IReadOnlyDictionary<string, object?> Parameters);
