using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.RealData;

/// <summary>A movie as read by the independent code. Months are counted across years (year × 12 + month - 1).</summary>
internal sealed record IndependentMovie(
    long Id, int? Year, int? Month, decimal? Budget, decimal? Revenue, decimal? Popularity, decimal? MeanVote, int Votes,
    IReadOnlyList<string> Companies, IReadOnlyList<string> Genres, string? Date)
{
    /// <summary>The companies as the file spells them.</summary>
    public IReadOnlyList<string> Spellings { get; init; } = [];
}

/// <summary>Reads the movies of the original file without the library.</summary>
internal static partial class IndependentMovies
{
    public static IReadOnlyList<IndependentMovie> Read(string zip)
    {
        using var archive = ZipFile.OpenRead(zip);
        using var reader = new StreamReader(archive.GetEntry("movies_metadata.csv")!.Open(), Encoding.UTF8);
        var rows = CsvText.Read(reader.ReadToEnd());
        var header = rows[0];
        var movies = new Dictionary<long, IndependentMovie>();
        var spellings = new Dictionary<string, Dictionary<string, int>>();
        for (var i = 1; i < rows.Count; i++)
        {
            var row = rows[i];
            Assert.Equal(header.Length, row.Length);
            var movie = Movie(name => row[Array.IndexOf(header, name)]);
            foreach (var name in movies.ContainsKey(movie.Id) ? [] : movie.Companies)
            {
                var counts = spellings.TryGetValue(Simplify(name), out var known) ? known : spellings[Simplify(name)] = [];
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }

            if (!movies.TryGetValue(movie.Id, out var other) || movie.Votes >= other.Votes)
            {
                movies[movie.Id] = movie;
            }
        }

        return
        [
            .. movies.Values.Select(movie => movie with
            {
                Companies = [.. movie.Companies.Select(name => spellings[Simplify(name)].MaxBy(spelling => spelling.Value).Key).Distinct()],
                Spellings = movie.Companies,
            }),
        ];
    }

    /// <summary>Returns a text that is the same for all spellings of a company.</summary>
    private static string Simplify(string name) => Spaces().Replace(name, " ").TrimEnd('.', ' ').ToLowerInvariant();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private static IndependentMovie Movie(Func<string, string> field)
    {
        var date = field("release_date");
        return new(
            long.Parse(field("id"), CultureInfo.InvariantCulture),
            date.Length > 0 ? int.Parse(date.Split('-')[0], CultureInfo.InvariantCulture) : null,
            date.Length > 0 ? (int.Parse(date.Split('-')[0], CultureInfo.InvariantCulture) * 12) + int.Parse(date.Split('-')[1], CultureInfo.InvariantCulture) - 1 : null,
            Known(field("budget")),
            Known(field("revenue")),
            Number(field("popularity")),
            Number(field("vote_count")) > 0 ? Number(field("vote_average")) : null,
            (int)(Number(field("vote_count")) ?? -1),
            Names(field("production_companies")),
            Names(field("genres")),
            date.Length > 0 ? date : null);
    }

    private static decimal? Number(string text) =>
        text.Length == 0 ? null : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static decimal? Known(string text) => Number(text) is { } number and > 0 ? number : null;

    private static string[] Names(string text) => text.Length == 0
        ? []
        : [.. ((List<object?>)PythonLiteral.Parse(text)!).Select(item => ((string)((Dictionary<string, object?>)item!)["name"]!).Trim()).Distinct()];
}
