using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.People;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>All data on the page of a movie.</summary>
public sealed record MovieModel
{
    /// <summary>The number of actors of a movie, in billing order, whose pages open with their figures as actors: those that the dimension <c>actor</c> counts.</summary>
    private const int MaxActors = 3;

    public required PageState State { get; init; }
    public required MovieDetails MovieDetails { get; init; }
    public required MovieHistory History { get; init; }
    public required MovieFindings Findings { get; init; }
    public required MovieRatings? Ratings { get; init; }
    public required IReadOnlyList<Fact> AmountFacts { get; init; }
    public required IReadOnlyList<Fact> AttributeFacts { get; init; }
    public TableView Cast => new(
        "Cast, in billing order",
        [new("Name"), new("Character")],
        [.. MovieDetails.Cast.Select((part, place) => new TableViewRow([CreatePerson(part.Name, place < MaxActors ? NameKind.Actor : null), new(part.Character)]))])
    { EmptyText = "None in the ledger." };
    public TableView Crew => new(
        "Crew",
        [new("Name"), new("Job"), new("Department")],
        [
            .. MovieDetails.Crew.Select(part => new TableViewRow(
                [CreatePerson(part.Name, part.Job == "Director" ? NameKind.Director : null), new(part.Job), new(part.Department)])),
        ])
    { EmptyText = "None in the ledger." };

    public Movie Movie => MovieDetails.Movie;
    public string Title => Movie.Title ?? Movie.OriginalTitle ?? string.Create(CultureInfo.InvariantCulture, $"Movie {Movie.Id}");

    /// <summary>Returns null when the movie was removed before the snapshot.</summary>
    public static async Task<MovieModel?> TryReadAsync(PageRequest request, long movieId, MovieHistory history, CancellationToken cancellationToken)
    {
        if (history.Last is not null)
        {
            return null;
        }

        var facts = await request.Ledger.ReadAsync(
            string.Create(CultureInfo.InvariantCulture, $"movie {movieId}"),
            async (connection, cancel) => await MovieDetails.ReadAsync(connection, movieId, request.Snapshot.Id, cancel)
                ?? throw Errors.Problems.NotFound(string.Create(CultureInfo.InvariantCulture, $"snapshot {request.Snapshot.Id} has no movie {movieId}.")),
            cancellationToken);
        return new MovieModel
        {
            State = request.State,
            MovieDetails = facts,
            History = history,
            Findings = await MovieFindings.ReadAsync(request, movieId, facts.Since, cancellationToken),
            Ratings = MovieRatings.Create(facts.Ratings),
            AmountFacts = CreateAmounts(request.State, facts.Movie),
            AttributeFacts = CreateAttributeFacts(request.State, facts.Movie),
        };
    }

    /// <summary>Creates the cell of a person, with a link to their page.</summary>
    private TableViewCell CreatePerson(string name, NameKind? kind)
    {
        var path = PageState.GetPath(NameKind.Director.Section, name);
        return new(name) { Link = kind is null ? State.GetLink(path) : State.GetLink(path, (PeoplePages.Role.Name, kind.Dimension)) };
    }

    private static Fact[] CreateAmounts(PageState state, Movie movie)
    {
        var (revenue, budget) = (Restate(movie.Revenue, movie.ReleaseYear, state.Dollars), Restate(movie.Budget, movie.ReleaseYear, state.Dollars));
        var dollars = state.Dollars is { } year ? string.Create(CultureInfo.InvariantCulture, $", {year} dollars") : "";
        return
        [
            CreateAmount("Revenue", movie.Revenue, revenue),
            CreateAmount("Budget", movie.Budget, budget),
            new("Profit" + dollars, revenue - budget, Unit.Money) { Detail = revenue - budget is null ? "needs both amounts" : "revenue minus budget" },
            new("Average vote", movie.VoteCount > 0 ? (double?)movie.VoteAverage : null, Unit.Measure) { Detail = FormatVotes(movie) },
            new("Popularity", (double?)movie.Popularity, Unit.Measure) { Detail = "from TMDB" },
        ];

        Fact CreateAmount(string name, long? given, long? shown) => new(name + dollars, shown, Unit.Money)
        {
            Detail = given is null ? "unknown: not in the dataset"
                : shown is null ? $"{NumberFormat.FormatExact(given, Unit.Money)}; no price index for the release year"
                : shown != given ? $"{NumberFormat.FormatExact(given, Unit.Money)} in release-year dollars"
                : NumberFormat.FormatExact(given, Unit.Money),
        };
    }

    private static string FormatVotes(Movie movie) => movie.VoteCount switch
    {
        null => "number of votes unknown",
        0 => "no votes",
        1 => "1 vote",
        { } votes => string.Create(CultureInfo.InvariantCulture, $"{votes:N0} votes"),
    };

    private static Fact[] CreateAttributeFacts(PageState state, Movie movie)
    {
        var anyYear = state with { From = null, To = null, AllYears = false };
        return
        [
            new("Released", movie.ReleaseDate?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) ?? movie.ReleaseYear?.ToString(CultureInfo.InvariantCulture))
            {
                Link = movie.ReleaseYear is { } year ? MovieLinks.GetListPath(state, year) : null,
                Detail = movie.ReleaseYear is null ? "not in yearly reports" : movie.ReleaseDate is null ? "only the year is known" : null,
            },
            new("Status", movie.Status),
            new("Runtime", movie.Runtime is { } minutes ? string.Create(CultureInfo.InvariantCulture, $"{minutes} minutes") : null),
            new("Original title", movie.OriginalTitle),
            new("Original language", movie.Language) { Link = GetMoviesLink("language", movie.Language) },
            new("Collection", movie.Collection) { Link = movie.Collection is { } collection ? NameKind.Collection.GetLink(anyYear, collection) : null },
            new("Countries", JoinNames(movie.Countries.Select(country => country.Name))),
            new("Spoken languages", JoinNames(movie.Languages.Select(language => language.Name.Length > 0 ? language.Name : language.Code))),
            .. MovieField.Added.Select(field => new Fact(field.Label, field.Format(movie))),
            new("TMDB ID", movie.Id, Unit.Year),
        ];

        string? GetMoviesLink(string field, string? value) => value is null ? null : MovieLinks.GetListPath(anyYear, ("where", PageQuery.FilterByName(field, value)));
    }

    private static string? JoinNames(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } text ? text : null;

    /// <summary>Converts an amount to the dollars of another year, as queries do: see <see cref="ConsumerPrices"/>.</summary>
    private static long? Restate(long? amount, int? year, int? dollars) =>
        amount is not { } known || dollars is not { } target ? amount
        : year is { } of && ConsumerPrices.GetIndex(of) is { } then && ConsumerPrices.GetIndex(target) is { } now
            ? (long)Math.Floor(((double)known * (double)(now * 1000) / (double)(then * 1000)) + 0.5)
            : null;
}
