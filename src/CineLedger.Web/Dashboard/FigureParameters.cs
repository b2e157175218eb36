using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard;

/// <summary>The parameters that select one figure of a page: as a page of its own, which other pages can embed, or as an image.</summary>
internal static class FigureParameters
{
    public static Parameter<string?> Figure { get; } = Parameter.CreateText("figure", "Only the figure with this ID.");

    public static Parameter<string?> Image { get; } = Parameter.CreateEnum("image", [ResponseType.Svg.Name, ResponseType.Png.Name], "The figure as an image in this format.");

    public static IReadOnlyList<Parameter> All { get; } = [Figure, Image];

    /// <summary>Throws <see cref="Errors.ProblemException"/> for an image of no figure.</summary>
    public static void Check(ParameterValues values)
    {
        if (values.Has(Image) && !values.Has(Figure))
        {
            throw Errors.Problems.InvalidParameter(Image.Name, "the image needs a figure: add its ID as figure=ID.");
        }
    }

    /// <summary>Returns an address to which a request is redirected, with the figure that it selects.</summary>
    internal static string AddTo(string address, ParameterValues values)
    {
        foreach (var (name, value) in new[] { (Figure.Name, values.Get(Figure)), (Image.Name, values.Get(Image)) })
        {
            address += value is null ? "" : $"{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}";
        }

        return address;
    }
}
