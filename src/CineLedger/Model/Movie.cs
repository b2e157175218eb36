namespace CineLedger.Model;

/// <summary>
/// One film as the cleaner leaves it. Null means unknown: the dataset gives no value, or none that belongs in the field.
/// Amounts are whole US dollars above zero; a runtime is in minutes above zero; a vote count of 0 is a real zero.
/// </summary>
public sealed record Movie
{
    private readonly MovieText _title;
    private readonly MovieText _originalTitle;
    private readonly MovieText _imdbId;
    private readonly MovieText _homepage;
    private readonly MovieText _posterPath;
    private readonly MovieText _tagline;
    private readonly MovieText _overview;

    /// <summary>TMDB's number of the film, above zero.</summary>
    public required long Id { get; init; }

    public string? Title { get => _title.Text; init => _title = new(value); }
    public string? OriginalTitle { get => _originalTitle.Text; init => _originalTitle = new(value); }
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
    public string? ImdbId { get => _imdbId.Text; init => _imdbId = new(value); }
    public bool? Adult { get; init; }
    public bool? Video { get; init; }
    public string? Homepage { get => _homepage.Text; init => _homepage = new(value); }
    public string? PosterPath { get => _posterPath.Text; init => _posterPath = new(value); }
    public string? Tagline { get => _tagline.Text; init => _tagline = new(value); }
    public string? Overview { get => _overview.Text; init => _overview = new(value); }

    /// <summary>Production companies in the dataset's order, each name once.</summary>
    public IReadOnlyList<Company> Companies { get; init; } = [];

    /// <summary>Genres in the dataset's order, each name once.</summary>
    public IReadOnlyList<Genre> Genres { get; init; } = [];

    public IReadOnlyList<Country> Countries { get; init; } = [];
    public IReadOnlyList<Language> Languages { get; init; } = [];

    internal MovieText TitleText { get => _title; init => _title = value; }
    internal MovieText OriginalTitleText { get => _originalTitle; init => _originalTitle = value; }
    internal MovieText ImdbIdText { get => _imdbId; init => _imdbId = value; }
    internal MovieText HomepageText { get => _homepage; init => _homepage = value; }
    internal MovieText PosterPathText { get => _posterPath; init => _posterPath = value; }
    internal MovieText TaglineText { get => _tagline; init => _tagline = value; }
    internal MovieText OverviewText { get => _overview; init => _overview = value; }

    /// <summary>Physical line, from 1, on which the film's record starts in its file. Not part of the content.</summary>
    public int Line { get; init; }
}
