using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>The parameters of the pages of genres.</summary>
internal static class GenreParameters
{
    /// <summary>What can be shown by year, the usual first.</summary>
    public static readonly (string Name, string Title, Unit Unit)[] Measures =
        [("revenue", "Revenue", Unit.Money), ("budget", "Budget", Unit.Money), ("matched_profit", "Matched profit", Unit.Money), ("releases", "Films", Unit.Count)];

    public static Parameter<string?> Measure { get; } = Parameter.Word("measure", [.. Measures.Select(measure => measure.Name)], "What is shown of each genre by year.");

    public static Parameter<string?> Name { get; } = Parameter.Text("name", "The genre's name.") with { InPath = true };

    public static Parameter<string?> With { get; } = Parameter.Text("with", "Another genre to compare with.");

    public static (string Name, string Title, Unit Unit) MeasureOf(PageRequest request) =>
        Array.Find(Measures, measure => measure.Name == (request.Values.Get(Measure) ?? Measures[0].Name));
}
