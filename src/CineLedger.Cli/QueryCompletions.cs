using System.CommandLine;
using System.Runtime.CompilerServices;
using CineLedger.Reports.Queries;

namespace CineLedger.Cli;

/// <summary>Completions for the option values of reports and queries.</summary>
internal static class QueryCompletions
{
    private static readonly ConditionalWeakTable<Option, QueryOption> Options = [];

    /// <summary>Remembers which query option a command-line option is, and adds the words that its values begin with.</summary>
    public static void AddCompletions<T>(this Option<T> option, QueryOption query)
    {
        Options.Add(option, query);
        if (query == QueryOption.By || query == QueryOption.Pivot)
        {
            option.CompletionSources.Add(_ => Dimensions.All.Select(dimension => dimension.Name));
        }
        else if (query == QueryOption.Measure || query == QueryOption.Order || query == QueryOption.ReportOrder)
        {
            option.CompletionSources.Add(_ => Measures.All.Where(measure => measure.Kind is not (MeasureKind.Known or MeasureKind.NameReleases)).Select(measure => measure.Name));
        }
        else if (query == QueryOption.Where)
        {
            option.CompletionSources.Add(_ => FilterFields.All.Select(field => $"{field.Name}="));
        }
    }

    /// <summary>Returns the dimension whose names are the option's values; null for any other option.</summary>
    public static string? GetDimension(this Option option) =>
        Options.TryGetValue(option, out var query) && (query == QueryOption.Company || query == QueryOption.Studio || query == QueryOption.Genre) ? query.Name : null;

    /// <summary>Whether the option's value is a filter: a field, a comparison and a value.</summary>
    public static bool IsFilter(this Option option) => Options.TryGetValue(option, out var query) && query == QueryOption.Where;

    /// <summary>Whether the option's value is a list separated by commas.</summary>
    public static bool IsList(this Option option) =>
        Options.TryGetValue(option, out var query) && (query == QueryOption.By || query == QueryOption.Measure || query == QueryOption.Order);
}
