using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard.Films;

/// <summary>All that the ledger knows of one film.</summary>
public sealed record FilmModel
{
    public required MovieFacts Facts { get; init; }
    public required FilmHistory History { get; init; }
    public required FilmFindings Findings { get; init; }
    public required FilmRatings? Ratings { get; init; }
    public required IReadOnlyList<Fact> Amounts { get; init; }
    public required IReadOnlyList<Fact> Details { get; init; }
    public TableView Cast => new("Cast, as billed", [new("Name"), new("Plays")], [.. Facts.Cast.Select(part => new TableRow([new(part.Name), new(part.Character)]))]) { Empty = "The ledger has none." };
    public TableView Crew => new(
        "Crew, as listed", [new("Name"), new("Job"), new("Department")], [.. Facts.Crew.Select(part => new TableRow([new(part.Name), new(part.Job), new(part.Department)]))])
    { Empty = "The ledger has none." };

    public Movie Movie => Facts.Movie;
    public string Title => Movie.Title ?? Movie.OriginalTitle ?? string.Create(CultureInfo.InvariantCulture, $"Film {Movie.Id}");

    /// <summary>Null where the snapshot has no such film.</summary>
    public static async Task<FilmModel?> TryReadAsync(PageRequest request, long movieId, FilmHistory history, CancellationToken cancellationToken)
    {
        if (history.Last is not null)
        {
            return null;
        }

        var facts = await request.Ledger.ReadAsync(
            string.Create(CultureInfo.InvariantCulture, $"film {movieId}"),
            async (connection, cancel) => await MovieFacts.ReadAsync(connection, movieId, request.Snapshot.Id, cancel)
                ?? throw Errors.Problems.NotFound(string.Create(CultureInfo.InvariantCulture, $"snapshot {request.Snapshot.Id} has no film {movieId}.")),
            cancellationToken);
        return new FilmModel
        {
            Facts = facts,
            History = history,
            Findings = await FilmFindings.ReadAsync(request, movieId, facts.Since, cancellationToken),
            Ratings = FilmRatings.Of(facts.Ratings),
            Amounts = AmountsOf(request.State, facts.Movie),
            Details = DetailsOf(request.State, facts.Movie),
        };
    }

    private static Fact[] AmountsOf(PageState state, Movie movie)
    {
        var (revenue, budget) = (Restated(movie.Revenue, movie.ReleaseDate?.Year, state.Dollars), Restated(movie.Budget, movie.ReleaseDate?.Year, state.Dollars));
        var dollars = state.Dollars is { } year ? string.Create(CultureInfo.InvariantCulture, $", {year} dollars") : "";
        return
        [
            Amount("Revenue", movie.Revenue, revenue),
            Amount("Budget", movie.Budget, budget),
            new("Profit" + dollars, revenue - budget, Unit.Money) { Small = revenue - budget is null ? "takes both amounts" : "revenue less budget" },
            new("Mean vote", movie.VoteCount > 0 ? (double?)movie.VoteAverage : null, Unit.Measure) { Small = VotesOf(movie) },
            new("Popularity", (double?)movie.Popularity, Unit.Measure) { Small = "TMDB's figure" },
        ];

        Fact Amount(string name, long? given, long? shown) => new(name + dollars, shown, Unit.Money)
        {
            Small = given is null ? "unknown: the dataset does not say"
                : shown is null ? $"{Figures.Exact(given, Unit.Money)}; there is no index for its year"
                : shown != given ? $"{Figures.Exact(given, Unit.Money)} in the dollars of its release"
                : Figures.Exact(given, Unit.Money),
        };
    }

    private static string VotesOf(Movie movie) => movie.VoteCount switch
    {
        null => "number of votes unknown",
        0 => "nobody has voted",
        1 => "1 vote",
        { } votes => string.Create(CultureInfo.InvariantCulture, $"{votes:N0} votes"),
    };

    private static Fact[] DetailsOf(PageState state, Movie movie)
    {
        var anyYear = state with { From = null, To = null };
        return
        [
            new("Released", movie.ReleaseDate?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture))
            {
                Link = movie.ReleaseDate is { Year: var year } ? FilmLinks.Behind(state, year) : null,
                Small = movie.ReleaseDate is null ? "in no report by year" : null,
            },
            new("Status", movie.Status),
            new("Runtime", movie.Runtime is { } minutes ? string.Create(CultureInfo.InvariantCulture, $"{minutes} minutes") : null),
            new("Original title", movie.OriginalTitle),
            new("Original language", movie.Language) { Link = Films("language", movie.Language) },
            new("Collection", movie.Collection) { Link = Films("collection", movie.Collection) },
            new("Countries", Listed(movie.Countries.Select(country => country.Name))),
            new("Spoken", Listed(movie.Languages.Select(language => language.Name.Length > 0 ? language.Name : language.Code))),
            .. MovieField.Added.Select(field => new Fact(field.Label, field.Format(movie))),
            new("TMDB's number", movie.Id, Unit.Year),
        ];

        string? Films(string field, string? value) => value is null ? null : FilmLinks.Behind(anyYear, ("where", PageQuery.Is(field, value)));
    }

    private static string? Listed(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } text ? text : null;

    /// <summary>As queries restate it: see <see cref="ConsumerPrices"/>.</summary>
    private static long? Restated(long? amount, int? year, int? dollars) =>
        amount is not { } known || dollars is not { } target ? amount
        : year is { } of && ConsumerPrices.Of(of) is { } then && ConsumerPrices.Of(target) is { } now
            ? (long)Math.Floor(((double)known * (double)(now * 1000) / (double)(then * 1000)) + 0.5)
            : null;
}
