using System.Globalization;
using CineLedger.Reports.Queries;

namespace CineLedger.Charts;

/// <summary>The options of a chart, from which the command line's options and the parameters of the API are built.</summary>
public static class ChartOption
{
    /// <summary>The largest number of series that can be requested.</summary>
    private const int MaxSeries = 200;

    public static QueryOption Kind { get; } = new("kind", $"{CommaSeparate(KindNames)}. Default: line over years, otherwise bar.", "KIND") { AllowedValues = KindNames };

    public static QueryOption Top { get; } = new("top", "Draw the N largest series. Default: 7 for line and stacked, otherwise 20.", "N", "5") { Min = 1, Max = MaxSeries };

    public static QueryOption Title { get; } = new("title", "Title of the chart, instead of the generated one.", "TEXT", "Studios of the 1990s");

    public static QueryOption Width { get; } = new("width", "Width of the image in pixels, or of the terminal chart in characters.", "N", "1280");

    public static QueryOption Height { get; } = new("height", "Height of the image in pixels.", "N", "720");

    public static QueryOption Theme { get; } = new("theme", "light or dark.", "VALUE");

    /// <summary>Returns the name of a kind or theme, as scripts use it.</summary>
    public static string GetName<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Returns the kind with a name; null for null.</summary>
    public static ChartKind? ParseKind(string? name) => name is null ? null : Enum.Parse<ChartKind>(name, ignoreCase: true);

    /// <summary>Throws <see cref="Model.UsageException"/> when a value is out of range.</summary>
    public static int? Check(this QueryOption option, int? value) => value is null || (value >= option.Min && value <= option.Max)
        ? value
        : throw new Model.UsageException(string.Create(CultureInfo.InvariantCulture, $"--{option.Name}: must be {option.Min} to {option.Max}."));

    private static string[] KindNames => [.. Enum.GetValues<ChartKind>().Select(GetName)];

    private static string CommaSeparate(string[] words) => $"{string.Join(", ", words[..^1])} or {words[^1]}";
}
