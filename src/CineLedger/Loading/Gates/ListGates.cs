using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>Checks of genres and companies that need no earlier snapshot.</summary>
internal static class ListGates
{
    /// <summary>No supplier has more genres: TMDB has 19, IMDb 28.</summary>
    private const int MaxGenres = 200;

    private const int MinMovies = 500;

    /// <summary>Checks the number of names, the most frequent one, their spellings, and names that share one of the supplier's IDs.</summary>
    public static IEnumerable<GateViolation> Check(ListSummary list)
    {
        if (list is { Name: "genres", Names: > MaxGenres })
        {
            yield return new(QualityGates.Names, list.Name, Format($"there are {list.Names:N0} different genres, such as {list.Top}"));
        }

        if (list.Name == "production_companies" && list.Movies >= MinMovies && list.Names < list.Movies / 100)
        {
            yield return new(QualityGates.Names, list.Name, Format($"{list.Movies:N0} movies were produced by only {list.Names:N0} companies, such as {list.Top}"));
        }

        var largest = list.Name switch { "genres" => 0.9, "production_companies" => 0.5, _ => 1 };
        if (list.Movies >= ShareCheck.MinBase && list.TopMovies > list.Movies * largest)
        {
            yield return new(QualityGates.Names, list.Name, Format($"{list.TopMovies:N0} of {list.Movies:N0} movies with {list.Name} have the same name, {list.Top}"));
        }

        if (list.Name is "genres" or "production_companies" && IsMany(list.Repeated, list.Names))
        {
            yield return new(QualityGates.Names, list.Name, Format(
                $"{list.Repeated:N0} of {list.Names:N0} names in {list.Name} repeat another one in a different spelling, such as {list.Example}"));
        }

        if (list.Name == "genres" ? list.SharedIds > 0 : IsMany(list.SharedIds, list.Ids))
        {
            yield return new(QualityGates.Names, list.Name, Format($"{list.SharedIds:N0} of {list.Ids:N0} IDs in {list.Name} have several names"));
        }
    }

    private static bool IsMany(long part, long total) => part >= 3 && part > total * 0.05;

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
