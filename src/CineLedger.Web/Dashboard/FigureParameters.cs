using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard;

/// <summary>The parameters that select one figure of a page: as a page of its own, which other pages can embed, or as an image.</summary>
internal static class FigureParameters
{
    public static Parameter<string?> Figure { get; } = Parameter.CreateText("figure", "Only the figure with this ID.");

    public static Parameter<string?> Image { get; } = Parameter.CreateEnum("image", [ResponseType.Svg.Name, ResponseType.Png.Name], "The figure as an image in this format.");

    public static IReadOnlyList<Parameter> All { get; } = [Figure, Image];
}
