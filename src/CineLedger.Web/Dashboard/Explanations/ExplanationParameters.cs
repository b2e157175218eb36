using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Explanations;

/// <summary>The parameters of the movie list that select the figure to explain.</summary>
internal static class ExplanationParameters
{
    public static Parameter<string?> Measure { get; } = Parameter.CreateText("measure", "The measure whose value the page explains.");

    public static Parameter<string?> Compare { get; } = Parameter.CreateEnum("compare", [Movies.MovieLinks.PreviousYear], "Explains the change from the years before.");
}
