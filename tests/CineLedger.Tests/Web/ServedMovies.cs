using CineLedger.Loading;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Web;

/// <summary>The movies of servers under test: ten movies in two snapshots. The second snapshot gives movie 4 a larger budget.</summary>
internal static class ServedMovies
{
    public static readonly MovieRow[] First =
    [
        Movie(1, "2000", "Ada Bee", "Drama Comedy", "100001", "300000"),
        Movie(2, "2000", "Ada", "Drama", "0", "50000"),
        Movie(3, "2000", "Ada Bee Cecil", "Comedy", "10000", "0"),
        Movie(4, "2001", "Bee", "Drama", "20000", "10000"),
        Movie(5, "2001", "", "Horror", "7000", "8000"),
        Movie(6, "", "Ada", "Drama", "5000", "5000"),
        Movie(7, "2001", "Cecil", "", "0", "0"),
        Movie(8, "2002", "Dora", "", "1000", "0"),
        Movie(9, "2002", "Dora", "", "GATORADE", "0"),
        Full(862),
    ];

    public static readonly MovieRow[] Second = [.. First.Select(movie => movie["id"] == "4" ? movie.With(("budget", "60000")) : movie)];

    /// <summary>The next snapshot: movie 10 is new and sorts before all others.</summary>
    public static readonly MovieRow[] Third = [Movie(10, "1999", "Aaron", "Drama", "3000", "4000"), .. Second];

    /// <summary>Created once; every server gets a copy.</summary>
    private static readonly Lazy<Task<byte[]>> Template = new(CreateTemplateAsync);

    public static async Task CreateAsync(string path) => await File.WriteAllBytesAsync(path, await Template.Value);

    private static async Task<byte[]> CreateTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cineledger-template-");
        try
        {
            var path = Path.Combine(folder.FullName, "movies.duckdb");
            await using (var ledger = await DuckDbLedger.OpenAsync(path, default))
            {
                await LoadAsync(ledger, First);
                await LoadAsync(ledger, Second);
            }

            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static Task LoadAsync(Ledger ledger, MovieRow[] movies) => Loader
        .LoadAsync(ledger, MemoryDataset.Create(Text(movies)), new LoadOptions { MaxRejects = 1, AcceptedGates = Accept.Content }, null, default);

    private static MovieRow Movie(int id, string year, string companies, string genres, string budget, string revenue) => Bare(
        id, ("release_date", year.Length > 0 ? $"{year}-06-01" : ""), ("production_companies", Names(companies)), ("genres", Names(genres)),
        ("budget", budget), ("revenue", revenue), ("popularity", $"{id}"));

    private static string Names(string names) =>
        $"[{string.Join(", ", names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $"{{'name': '{name}', 'id': {(int)name[0]}}}"))}]";
}
