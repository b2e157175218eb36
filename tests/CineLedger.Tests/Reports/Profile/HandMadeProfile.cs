using System.Text;
using CineLedger.Model;
using CineLedger.Reports.Profile;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Reports.Profile;

/// <summary>Six movies with a profile calculated by hand, and methods that format a profile as lines for comparison.</summary>
internal static class HandMadeProfile
{
    private static readonly MovieRow Delta = Bare(5, ("title", "Delta"), ("budget", ""));

    /// <summary>Includes a revenue that two movies share, a budget that equals its revenue, a tiny budget, a duplicate record, and a budget that is not a number.</summary>
    private static readonly MovieRow[] Movies =
    [
        Bare(
            1, ("title", "Alpha"), ("release_date", "2000-01-05"), ("budget", "1000000"), ("revenue", "3000000"), ("runtime", "90.0"), ("popularity", "2.500000"),
            ("vote_average", "6.0"), ("vote_count", "10"), ("original_language", "en"), ("genres", "[{'id': 18, 'name': 'Drama'}, {'id': 35, 'name': 'Comedy'}]"),
            ("production_companies", "[{'id': 1, 'name': 'A'}, {'id': 2, 'name': 'B'}]")),
        Bare(
            2, ("title", "Beta"), ("release_date", "2000-06-01"), ("budget", "2000000"), ("revenue", "2000000"), ("runtime", "100.0"), ("popularity", "10"),
            ("original_language", "en"), ("video", "True"), ("genres", "[{'id': 18, 'name': 'Drama'}]"), ("production_companies", "[{'id': 1, 'name': 'A'}]")),
        Bare(3, ("title", "Alpha"), ("release_date", "2001-03-03"), ("revenue", "123456"), ("runtime", "0.0"), ("popularity", "1e-06"), ("original_language", "fr")),
        Bare(4, ("title", "Gamma"), ("release_date", "2003-12-31"), ("budget", "12"), ("revenue", "123456"), ("runtime", "90"), ("genres", "[{'id': 18, 'name': 'Drama'}]")),
        Delta,
        Bare(6, ("release_date", "2003-12-31"), ("budget", "GATORADE"), ("revenue", "")),
        Delta,
    ];

    public static MemoryDataset Dataset => new(
        File("movies_metadata.csv", MovieFile.Text(Movies)),
        File("keywords.csv", "id,keywords\n1,\"[{'id': 1, 'name': 'island'}, {'id': 2, 'name': 'ship'}]\"\n2,\"[{'id': 1, 'name': 'island'}]\"\n"),
        File(
            "credits.csv",
            "cast,crew,id\n\"[{'id': 11, 'name': 'Ann', 'character': 'X', 'order': 0}]\",\"[{'id': 12, 'name': 'Bob', 'job': 'Director', 'department': 'Directing'}, {'id': 12, 'name': 'Bob', 'job': 'Writer', 'department': 'Writing'}]\",1\n"),
        File("links.csv", "movieId,imdbId,tmdbId\n100,0000001,1\n"),
        File("ratings.csv", "userId,movieId,rating,timestamp\n1,100,4.0,978307200\n2,100,3.5,978307200\n3,100,5.0,1009843200\n"))
    {
        Address = "memory",
    };

    /// <summary>Format: known/unknown, distinct values, min..max | min, 5, 25, 50, 75, 95 %, max | the same for text lengths | most frequent values.</summary>
    public static string[] Columns { get; } =
    [
        "title 6/0 5 Alpha..Movie 6 | | 4 4 5 5 5 7 7 | Alpha*2 Beta*1 Delta*1 Gamma*1 Movie 6*1",
        "original_title 0/6 0 .. | | |",
        "release_date 5/1 4 2000-01-05..2003-12-31 | 2000-01-05 2000-01-05 2000-06-01 2001-03-03 2003-12-31 2003-12-31 2003-12-31 | | 2003-12-31*2 2000-01-05*1 2000-06-01*1 2001-03-03*1",
        "budget 3/3 3 12..2000000 | 12 12 12 1000000 2000000 2000000 2000000 | | 12*1 1000000*1 2000000*1",
        "revenue 4/2 3 123456..3000000 | 123456 123456 123456 123456 2000000 3000000 3000000 | | 123456*2 2000000*1 3000000*1",
        "runtime 3/3 2 90..100 | 90 90 90 90 100 100 100 | | 90*2 100*1",
        "popularity 3/3 3 0.000001..10 | 0.000001 0.000001 0.000001 2.5 10 10 10 | | 0.000001*1 2.5*1 10*1",
        "vote_average 6/0 2 0..6 | 0 0 0 0 0 6 6 | | 0*5 6*1",
        "vote_count 6/0 2 0..10 | 0 0 0 0 0 10 10 | | 0*5 10*1",
        "language 3/3 2 en..fr | | 2 2 2 2 2 2 2 | en*2 fr*1",
        "status 0/6 0 .. | | |",
        "collection 0/6 0 .. | | |",
        "imdb_id 0/6 0 .. | | |",
        "adult 6/0 1 false..false | | | false*6",
        "video 6/0 2 false..true | | | false*5 true*1",
        "homepage 0/6 0 .. | | |",
        "poster_path 0/6 0 .. | | |",
        "tagline 0/6 0 .. | | |",
        "overview 0/6 0 .. | | |",
    ];

    /// <summary>Format: known/unknown, entries, distinct names | quantiles of entries per movie | most frequent names. The crew has two entries but one name, Bob.</summary>
    public static string[] Links { get; } =
    [
        "companies 2/4 3 2 | 1 1 1 1 2 2 2 | A*2 B*1",
        "genres 3/3 4 2 | 1 1 1 1 2 2 2 | Drama*3 Comedy*1",
        "countries 0/6 0 0 | |",
        "spoken_languages 0/6 0 0 | |",
        "cast 1/5 1 1 | 1 1 1 1 1 1 1 | Ann*1",
        "crew 1/5 2 1 | 2 2 2 2 2 2 2 | Bob*1",
        "keywords 2/4 3 2 | 1 1 1 1 2 2 2 | island*2 ship*1",
        "ratings 1/5 3 2 | 3 3 3 3 3 3 3 | 2001*2 2002*1",
    ];

    public static string[] Rest { get; } =
    [
        "reject invalid-number 1: movies_metadata.csv:7 6 budget GATORADE",
        "drop duplicate-record 1: movies_metadata.csv:8 5  same as line 6",
        "flag suspicious-amount 1: movies_metadata.csv:5 4 budget 12",
        "2000: 2 movies, 2 budgets, 2 revenues, 2 both",
        "2001: 1 movies, 0 budgets, 1 revenues, 0 both",
        "2003: 2 movies, 1 budgets, 1 revenues, 1 both",
        ": 1 movies, 0 budgets, 0 revenues, 0 both",
        "budgets: 2 Beta 2000 2000000 2000000; 1 Alpha 2000 1000000 3000000; 4 Gamma 2003 12 123456",
        "revenues: 1 Alpha 2000 1000000 3000000; 2 Beta 2000 2000000 2000000; 3 Alpha 2001  123456; 4 Gamma 2003 12 123456",
        "sizes: 2 1 0; 3 0 0; 4 0 0; 5 0 0; 6 0 2; 7 2 2",
        "suspicious-amount 1: 4 Gamma 2003 12 123456",
        "equal-amounts 1: 2 Beta 2000 2000000 2000000",
        "shared-amount 2: 3 Alpha 2001  123456; 4 Gamma 2003  123456",
        "return-outlier 0: ",
    ];

    public static IEnumerable<string> GetColumns(LedgerProfile profile) => profile.Columns.Select(column =>
        $"{column.Name} {column.Known}/{column.Unknown} {column.Distinct} {column.Min}..{column.Max} |{Text(column.Quantiles)} |{Text(column.Lengths)} |{Text(column.MostFrequent)}");

    public static IEnumerable<string> GetLinks(LedgerProfile profile) => profile.Links.Select(link =>
        $"{link.Name} {link.Known}/{link.Unknown} {link.Entries} {link.Distinct} |{Text(link.PerMovie)} |{Text(link.MostFrequent)}");

    public static IEnumerable<string> GetRest(LedgerProfile profile) =>
    [
        .. profile.Findings.Select(rule => $"{rule.Kind} {rule.Rule} {rule.Count}: "
            + string.Join("; ", rule.Examples.Select(example => $"{example.File}:{example.Line} {example.MovieId} {example.Field} {example.Value}"))),
        .. profile.Years.Select(year => $"{year.Year}: {year.Movies} movies, {year.BudgetKnown} budgets, {year.RevenueKnown} revenues, {year.BothKnown} both"),
        $"budgets: {Text(profile.Amounts.LargestBudgets)}",
        $"revenues: {Text(profile.Amounts.LargestRevenues)}",
        $"sizes: {string.Join("; ", profile.Amounts.Sizes.Select(size => $"{size.Digits} {size.Budgets} {size.Revenues}"))}",
        .. profile.Amounts.Suspicious.Select(suspicious => $"{suspicious.Rule} {suspicious.Movies}: {Text(suspicious.Examples)}"),
    ];

    private static string Text(Quantiles? spread) =>
        spread is null ? "" : $" {spread.Min} {spread.P5} {spread.P25} {spread.Median} {spread.P75} {spread.P95} {spread.Max}";

    private static string Text(IEnumerable<ValueFrequency> values) => string.Concat(values.Select(value => $" {value.Value}*{value.Movies}"));

    private static string Text(IEnumerable<MovieAmounts> movies) =>
        string.Join("; ", movies.Select(movie => $"{movie.MovieId} {movie.Title} {movie.Year} {movie.Budget} {movie.Revenue}"));

    private static (string, byte[]) File(string name, string text) => (name, Encoding.UTF8.GetBytes(text));
}
