namespace CineLedger.Web.Dashboard.Comparison;

/// <summary>Gives names that are compared the colors that they have in charts of the largest names.</summary>
internal static class PalettePlaces
{
    /// <summary>The number of different colors, dashes and symbols of lines.</summary>
    private const int Places = 8;

    /// <summary>Returns the place of each name in the palette: its place among the largest names, or one that no other name has.</summary>
    public static IReadOnlyList<int> Assign(IReadOnlyList<string> names, IReadOnlyList<string> largest)
    {
        var places = names.Select(name => largest.Take(Places).ToList().IndexOf(name)).ToArray();
        var free = new Queue<int>(Enumerable.Range(0, Places).Except(places));
        return [.. places.Select(place => place >= 0 ? place : free.Dequeue())];
    }
}
