using CineLedger.Reports;
using Microsoft.AspNetCore.Components;

namespace CineLedger.Web.Dashboard.Entities;

/// <summary>All data on the page of a company, studio, genre, person or collection. The pages have one pattern: title, facts, figures.</summary>
/// <param name="Kind">The kind of the name.</param>
/// <param name="Name">The name.</param>
public sealed record EntityModel(NameKind Kind, string Name)
{
    /// <summary>The facts of the movies in the year range; empty if there are none.</summary>
    public required IReadOnlyList<Fact> Facts { get; init; }

    public required IReadOnlyList<FigureView> Figures { get; init; }

    public required Coverage Coverage { get; init; }

    /// <summary>The sentences under the title.</summary>
    public IReadOnlyList<string> Sentences { get; init; } = [];

    /// <summary>Whether the page has figures of the years shown, which can be compared with those of other names of its kind.</summary>
    public bool HasYears { get; init; } = true;

    /// <summary>Additional content of the header; null for none.</summary>
    public RenderFragment? Header { get; init; }

    /// <summary>Content after the figures, such as the ownership of a studio's companies; null for none.</summary>
    public RenderFragment? Footer { get; init; }

    public PageContent CreatePage() => new(Name, typeof(EntityPage), this) { HasCharts = true, Coverage = Coverage };

    /// <summary>Creates a fragment that renders a component.</summary>
    public static RenderFragment CreateFragment<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent => builder =>
        {
            builder.OpenComponent<TComponent>(0);
            foreach (var (name, value) in parameters)
            {
                builder.AddComponentParameter(1, name, value);
            }

            builder.CloseComponent();
        };
}
