using System.Collections.Frozen;
using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>Addresses of movie pages: of one movie, and of the movies behind a number.</summary>
internal static class MovieLinks
{
    public const string ListPath = "/movies";

    /// <summary>The value of the parameter <c>compare</c> that explains the change from the years before.</summary>
    public const string PreviousYear = "previous-year";

    /// <summary>The suffixes of the names of columns that compare a measure with the years before.</summary>
    private static readonly string[] ChangeSuffixes = ["_change", "_percent"];

    private static readonly FrozenDictionary<string, string> KnownMeasures = CreateMeasures();

    public static string GetMoviePath(PageState state, long movieId) => state.GetLink(string.Create(CultureInfo.InvariantCulture, $"{ListPath}/{movieId}"));

    /// <summary>
    /// Returns the address of the movies in the year range that match the filters of <c>/api/v1/movies</c>: company, genre, where. With a <c>measure</c>, the page explains its
    /// value; tables and lists of facts add it to their links with <see cref="AddMeasure"/>.
    /// </summary>
    public static string GetListPath(PageState state, params ReadOnlySpan<(string Name, string? Value)> filters) => state.GetLink(ListPath, filters);

    /// <summary>Returns the address of the matching movies of one year.</summary>
    public static string GetListPath(PageState state, long year, params ReadOnlySpan<(string Name, string? Value)> filters) =>
        (state with { From = (int)year, To = (int)year }).GetLink(ListPath, filters);

    /// <summary>Returns the address of the list of movies that explains a number; any other address unchanged.</summary>
    /// <param name="link">The address that the number links to.</param>
    /// <param name="measure">The measure, the name of its column or its heading; null or any other text if the number is not the value of a measure.</param>
    public static string AddMeasure(string link, string? measure)
    {
        if (measure is null || !(link == ListPath || link.StartsWith(ListPath + "?", StringComparison.Ordinal)) || link.Contains("measure=", StringComparison.Ordinal))
        {
            return link;
        }

        var suffix = Array.Find(ChangeSuffixes, end => measure.EndsWith(end, StringComparison.Ordinal));
        if (!KnownMeasures.TryGetValue(suffix is null ? measure.Split(',')[0] : measure[..^suffix.Length], out var name))
        {
            return link;
        }

        var compare = suffix is null ? "" : $"&compare={PreviousYear}";
        return string.Create(CultureInfo.InvariantCulture, $"{link}{(link.Contains('?', StringComparison.Ordinal) ? '&' : '?')}measure={Uri.EscapeDataString(name)}{compare}");
    }

    /// <summary>Returns the filter for totals by year, which exclude movies without a date even when the year range is not restricted.</summary>
    public static (string, string?) GetDatedFilter(PageState state) => ("where", state.HasYearRange ? null : "year is known");

    /// <summary>Returns the page of a name, or the list of its movies when such names have no pages.</summary>
    /// <param name="state">The state of the page.</param>
    /// <param name="section"><c>companies</c> or <c>genres</c>.</param>
    /// <param name="dimension"><c>company</c> or <c>genre</c>.</param>
    /// <param name="name">The name as in the dataset.</param>
    public static string GetNamePath(PageState state, string section, string dimension, string name) =>
        DashboardPages.HasPage(section) ? state.GetLink(PageState.GetPath(section, name)) : GetListPath(state, ("where", PageQuery.FilterByName(dimension, name)));

    /// <summary>Creates the measures by their names, the names of their columns and their headings. The rank by a measure is explained by the measure.</summary>
    private static FrozenDictionary<string, string> CreateMeasures()
    {
        var measures = Measures.All.ToDictionary(measure => measure.Name, measure => measure.Name, StringComparer.Ordinal);
        foreach (var measure in Measures.All)
        {
            measures.TryAdd(measure.GetHeading(), measure.Name);
            measures.TryAdd($"rank_{measure.Name}", measure.Name);
            if (measure.Kind is MeasureKind.Count or MeasureKind.Amount)
            {
                var share = Measures.Parse($"share({measure.Name})");
                measures.TryAdd(share.Column, share.Applied!.ToString());
                measures.TryAdd(share.Applied.ToString(), share.Applied.ToString());
            }

            foreach (var aggregate in measure.CanAggregate ? Enum.GetValues<Aggregate>() : [])
            {
                var name = ReportOptionNames.GetName(aggregate);
                measures.TryAdd($"{measure.Name}_{name}", $"{measure.Name}:{name}");
            }
        }

        return measures.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
