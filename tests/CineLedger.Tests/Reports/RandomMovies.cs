using System.Globalization;
using CineLedger.Tests.Support;
using CsCheck;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Reports;

/// <summary>
/// Generates movies that share few years, names and scores: undated ones, planned ones, the same name under several IDs, equal means, and unknown and very large amounts.
/// </summary>
internal static class RandomMovies
{
    private static readonly string[] Names = ["A", "B", "a", "é", "🎬 Movies", "\uFF21", "Fox, \"20th\"", "C\nD", "Z"];

    private static Gen<string> List => Gen.OneOf([.. Names.Select(name => Gen.Const(name))]).Array[0, 4].Select(names =>
        $"[{string.Join(", ", names.Select((name, i) => $"{{'name': '{name.Replace("\n", "\\n", StringComparison.Ordinal)}', 'id': {i}}}"))}]");

    private static Gen<string> Amount => Gen.OneOf(Gen.Const("0"), Gen.Int[1, 9].Select(n => $"{n}"), Gen.Long[1, 10_000_000_000_000].Select(n => $"{n}"));

    public static Gen<MovieRow> Movie => Gen.Select(
        Gen.Int[1, 30],
        Gen.OneOf(Gen.Const(""), Gen.Int[1874, 1877].Select(year => $"{year}-01-01"), Gen.Const("2016-12-31"), Gen.Int[1874, 1877].Select(year => $"{year}"), Gen.Const("2099-01-01"), Gen.Const("2099")),
        List,
        List,
        Gen.Select(Amount, Amount, Gen.OneOf(Gen.Const(""), Gen.Const("Released"), Gen.Const("Planned"))),
        Gen.OneOf(Gen.Const(""), Gen.OneOf(Gen.Const("1"), Gen.Const("0.1")), Gen.Double[0, 1e9].Select(value => value.ToString("F3", CultureInfo.InvariantCulture))),
        (id, date, companies, genres, amounts, popularity) => Bare(
            id, ("release_date", date), ("production_companies", companies), ("genres", genres), ("budget", amounts.Item1), ("revenue", amounts.Item2), ("status", amounts.Item3),
            ("popularity", popularity)));
}
