namespace CineLedger.Model;

/// <summary>
/// One film as the cleaner leaves it. Null means unknown: the dataset gives no value, or none that belongs in the field.
/// Amounts are whole US dollars above zero; a runtime is in minutes above zero; a vote count of 0 is a real zero.
/// </summary>
public sealed record Movie
{
    /// <summary>TMDB's number of the film, above zero.</summary>
    public required long Id { get; init; }

    public string? Title { get; init; }
    public string? OriginalTitle { get; init; }
    public DateOnly? ReleaseDate { get; init; }
    public long? Budget { get; init; }
    public long? Revenue { get; init; }
    public int? Runtime { get; init; }

    /// <summary>TMDB's popularity figure, at most six decimals.</summary>
    public decimal? Popularity { get; init; }

    /// <summary>Mean vote, 0 to 10, at most six decimals; 0 where nobody has voted.</summary>
    public decimal? VoteAverage { get; init; }

    public int? VoteCount { get; init; }

    /// <summary>ISO 639-1 code of the original language.</summary>
    public string? Language { get; init; }

    public string? Status { get; init; }
    public string? Collection { get; init; }
    public string? ImdbId { get; init; }
    public bool? Adult { get; init; }
    public bool? Video { get; init; }
    public string? Homepage { get; init; }
    public string? PosterPath { get; init; }
    public string? Tagline { get; init; }
    public string? Overview { get; init; }

    /// <summary>Production companies in the dataset's order, each name once.</summary>
    public IReadOnlyList<Company> Companies { get; init; } = [];

    /// <summary>Genres in the dataset's order, each name once.</summary>
    public IReadOnlyList<Genre> Genres { get; init; } = [];

    public IReadOnlyList<Country> Countries { get; init; } = [];
    public IReadOnlyList<Language> Languages { get; init; } = [];

    /// <summary>Physical line, from 1, on which the film's record starts in its file. Not part of the content.</summary>
    public int Line { get; init; }
}
