using System.Globalization;

namespace CineLedger.Charts;

/// <summary>
/// Colors that are distinguishable with any kind of color vision: those of Okabe and Ito (https://jfly.uni-koeln.de/color/) without the
/// yellow, which is hard to see on white, and for heat maps a scale of evenly changing lightness.
/// </summary>
internal sealed record ChartPalette(
    string Background,
    string Foreground,
    string Muted,
    string Grid,
    string Others,
    IReadOnlyList<string> Series,
    IReadOnlyList<string> Heat,
    IReadOnlyList<string> Loss)
{
    /// <summary>Number of distinct series colors.</summary>
    public const int Colors = 7;

    /// <summary>Three rounds of the colors, each with its own dash pattern and shade.</summary>
    public const int MaxSeries = Colors * 3;

    /// <summary>The dash pattern of values that are not final.</summary>
    public static readonly IReadOnlyList<double> Incomplete = [3, 4];

    private static readonly ChartPalette Light = new(
        "#FFFFFF", "#1A1A1A", "#5C5C5C", "#E3E3E3", "#B3B3B3",
        ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#333333"],
        ["#EEF3F8", "#B9D3E8", "#7FB0D6", "#3F86BC", "#16609A", "#0B3F6E", "#06213D"],
        ["#FBEFE6", "#F3C39D", "#E3905A", "#C25E22", "#863C0F"]);

    private static readonly ChartPalette Dark = new(
        "#16191D", "#F2F2F2", "#B0B4BA", "#343A41", "#7A8088",
        ["#4FA8E0", "#E69F00", "#2FC79B", "#F0763A", "#DE9AC1", "#9BD4F5", "#F0E442"],
        ["#1D2833", "#1E4468", "#23659B", "#3D8CC8", "#78B4E0", "#B5D7EE", "#EDF6FC"],
        ["#33251D", "#6B3A1B", "#A8561F", "#DB8444", "#F6C49B"]);

    public static ChartPalette Get(ChartTheme theme) => theme == ChartTheme.Dark ? Dark : Light;

    /// <summary>The color of negative values.</summary>
    public string Losses => Series[3];

    public string GetSeriesColor(int series) => (series / Colors) switch
    {
        0 => Series[series],
        1 => Mix(Series[series % Colors], Foreground, 0.45),
        _ => Mix(Series[series % Colors], Background, 0.45),
    };

    /// <summary>Returns a paler color, for values that are not final.</summary>
    public string Fade(string color) => Mix(color, Background, 0.6);

    /// <summary>Returns the lengths of a line's dashes and gaps; empty for a solid line.</summary>
    public static IReadOnlyList<double> GetDashPattern(int series) => (series / Colors) switch { 0 => [], 1 => [7, 4], _ => [2, 3] };

    /// <summary>Returns the color for a share of the largest value, in 32 steps so that similar cells share a color. Negative values use another scale.</summary>
    public string GetHeatColor(double share)
    {
        var scale = share < 0 ? Loss : Heat;
        var at = Math.Round(Math.Min(1, Math.Abs(share)) * 32) / 32 * (scale.Count - 1);
        var low = Math.Min((int)at, scale.Count - 2);
        return Mix(scale[low], scale[low + 1], at - low);
    }

    private static string Mix(string from, string to, double share)
    {
        var parts = Enumerable.Range(0, 3).Select(i => (int)Math.Round((GetChannel(from, i) * (1 - share)) + (GetChannel(to, i) * share)));
        return "#" + string.Concat(parts.Select(part => part.ToString("X2", CultureInfo.InvariantCulture)));
    }

    private static int GetChannel(string color, int i) => int.Parse(color.AsSpan(1 + (i * 2), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
