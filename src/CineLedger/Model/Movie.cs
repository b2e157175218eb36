namespace CineLedger.Model;

/// <summary>
/// A cleaned movie. Null means unknown: the dataset gives no value, or an invalid one.
/// Amounts are whole US dollars above zero; a runtime is in minutes above zero; a vote count of 0 is a real zero.
/// Movies are immutable outside the library. Code that handles every value uses the list in <see cref="MovieField"/>.
/// </summary>
public sealed record Movie
{
    /// <summary>TMDB ID, above zero.</summary>
    public required long Id { get; init; }

    public string? Title { get => TitleText.Text; internal set => TitleText = new(value); }
    public string? OriginalTitle { get => OriginalTitleText.Text; internal set => OriginalTitleText = new(value); }
    public DateOnly? ReleaseDate { get; internal set; }

    /// <summary>The year of the release date, or the year that the dataset gives without a day.</summary>
    public int? ReleaseYear => ReleaseDate?.Year ?? YearWithoutDate;

    public long? Budget { get; internal set; }
    public long? Revenue { get; internal set; }
    public int? Runtime { get; internal set; }

    /// <summary>TMDB's popularity score, at most six decimals.</summary>
    public decimal? Popularity { get; internal set; }

    /// <summary>Mean vote, 0 to 10, at most six decimals; 0 if there are no votes.</summary>
    public decimal? VoteAverage { get; internal set; }

    public int? VoteCount { get; internal set; }

    /// <summary>ISO 639-1 code of the original language.</summary>
    public string? Language { get; internal set; }

    public string? Status { get; internal set; }
    public string? Collection { get; internal set; }
    public string? ImdbId { get => ImdbIdText.Text; internal set => ImdbIdText = new(value); }
    public bool? Adult { get; internal set; }
    public bool? Video { get; internal set; }
    public string? Homepage { get => HomepageText.Text; internal set => HomepageText = new(value); }
    public string? PosterPath { get => PosterPathText.Text; internal set => PosterPathText = new(value); }
    public string? Tagline { get => TaglineText.Text; internal set => TaglineText = new(value); }
    public string? Overview { get => OverviewText.Text; internal set => OverviewText = new(value); }

    /// <summary>Production companies in the dataset's order, each once, in the spelling that comes first.</summary>
    public IReadOnlyList<Company> Companies { get; internal set; } = [];

    /// <summary>Genres in the dataset's order, each name once.</summary>
    public IReadOnlyList<Genre> Genres { get; internal set; } = [];

    public IReadOnlyList<Country> Countries { get; internal set; } = [];
    public IReadOnlyList<Language> Languages { get; internal set; } = [];

    /// <summary>Further spellings of <see cref="Companies"/> in the movie's own list.</summary>
    internal IReadOnlyList<Company> RepeatedCompanies { get; set; } = [];

    /// <summary>The year of release if the date is unknown; null otherwise.</summary>
    internal int? YearWithoutDate { get; set; }

    internal MovieText TitleText { get; set; }
    internal MovieText OriginalTitleText { get; set; }
    internal MovieText ImdbIdText { get; set; }
    internal MovieText HomepageText { get; set; }
    internal MovieText PosterPathText { get; set; }
    internal MovieText TaglineText { get; set; }
    internal MovieText OverviewText { get; set; }

    /// <summary>Physical line, from 1, on which the movie's record starts in its file. Not part of the content.</summary>
    public int Line { get; init; }
}
