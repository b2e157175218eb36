using CineLedger.Web.Dashboard.Comparison;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>The colors of names on the page Compare.</summary>
public sealed class PalettePlacesTests
{
    private static readonly string[] Largest = ["Disney", "Warner", "Universal", "Fox", "Sony", "Paramount", "MGM", "DreamWorks", "Lionsgate"];

    [Fact]
    public void A_large_name_has_its_place_among_the_largest() =>
        Assert.Equal([4, 0, 1], PalettePlaces.Assign(["Sony", "Disney", "Warner"], Largest));

    [Fact]
    public void Other_names_have_places_of_their_own() =>
        Assert.Equal([1, 0, 2, 3], PalettePlaces.Assign(["Warner", "Lionsgate", "Small", "Fox"], Largest));
}
