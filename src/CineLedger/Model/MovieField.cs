using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;

namespace CineLedger.Model;

/// <summary>
/// How the text of a field is parsed, which also determines the meaning of its value: a text that is almost always unique; a word from a small set; the
/// name inside the dict of a movie collection; a date; an amount in whole US dollars above zero; whole minutes above zero; a count, whose 0 is a real
/// zero; a decimal of at most six places, up to <see cref="MovieField.MaxValue"/>; a Boolean.
/// </summary>
public enum MovieFieldKind { Text, Word, Collection, Date, Amount, Minutes, Count, Decimal, Boolean }

/// <summary>Receives the values of a movie, one overload per type. Implementations write a table row or compute a fingerprint.</summary>
internal interface IMovieValueWriter
{
    void Add(MovieText value);

    void Add(DateOnly? value);

    void Add(long? value);

    void Add(int? value);

    void Add(decimal? value);

    void Add(bool? value);
}

/// <summary>
/// A single-valued field of a movie, for code that treats all of them alike: cleaning, fingerprint, writing and reading rows, JSON, differences, profile.
/// A new column needs a property of <see cref="Movie"/>, an entry at the end of <see cref="Added"/>, and a numbered script in Storage/Schema that adds the
/// column to <c>movie</c>.
/// </summary>
public abstract class MovieField
{
    /// <summary>Larger values are not popularity scores; TMDB's stay below a hundred thousand.</summary>
    private const decimal LargestPopularity = 1_000_000_000;

    private protected MovieField(string name, MovieFieldKind kind) => (Name, SourceName, Kind) = (name, name, kind);

    public static MovieField ReleaseDate { get; } = new MovieField<DateOnly?>(
        "release_date", MovieFieldKind.Date, movie => movie.ReleaseDate, (movie, value) => movie.ReleaseDate = value,
        (writer, value) => writer.Add(value), (row, column) => row.GetFieldValue<DateOnly>(column));

    /// <summary>
    /// The year of a movie whose release date is unknown. It is not in <see cref="All"/>, because its column also has the year of every known date: it is part of
    /// fingerprints, JSON and differences only if the date is unknown.
    /// </summary>
    public static MovieField ReleaseYear { get; } = CreateInteger(
        "release_year", MovieFieldKind.Count, movie => movie.YearWithoutDate, (movie, value) => movie.YearWithoutDate = movie.ReleaseDate is null ? value : null);

    public static MovieField Budget { get; } = CreateAmount("budget", movie => movie.Budget, (movie, value) => movie.Budget = value);

    public static MovieField Revenue { get; } = CreateAmount("revenue", movie => movie.Revenue, (movie, value) => movie.Revenue = value);

    public static MovieField Runtime { get; } = CreateInteger("runtime", MovieFieldKind.Minutes, movie => movie.Runtime, (movie, value) => movie.Runtime = value);

    /// <summary>The fields of the first schema, in the order of the table's columns and of the fingerprint. This order must never change.</summary>
    internal static ImmutableArray<MovieField> Original { get; } =
    [
        CreateText("title", movie => movie.TitleText, (movie, value) => movie.TitleText = value),
        CreateText("original_title", movie => movie.OriginalTitleText, (movie, value) => movie.OriginalTitleText = value),
        ReleaseDate,
        Budget,
        Revenue,
        Runtime,
        CreateDecimal("popularity", LargestPopularity, movie => movie.Popularity, (movie, value) => movie.Popularity = value),
        CreateDecimal("vote_average", 10, movie => movie.VoteAverage, (movie, value) => movie.VoteAverage = value),
        CreateInteger("vote_count", MovieFieldKind.Count, movie => movie.VoteCount, (movie, value) => movie.VoteCount = value),
        CreateWord("language", "original_language", movie => movie.Language, (movie, value) => movie.Language = value),
        CreateWord("status", "status", movie => movie.Status, (movie, value) => movie.Status = value),
        CreateWord("collection", "belongs_to_collection", movie => movie.Collection, (movie, value) => movie.Collection = value, MovieFieldKind.Collection),
        CreateText("imdb_id", movie => movie.ImdbIdText, (movie, value) => movie.ImdbIdText = value),
        CreateBoolean("adult", movie => movie.Adult, (movie, value) => movie.Adult = value),
        CreateBoolean("video", movie => movie.Video, (movie, value) => movie.Video = value),
        CreateText("homepage", movie => movie.HomepageText, (movie, value) => movie.HomepageText = value),
        CreateText("poster_path", movie => movie.PosterPathText, (movie, value) => movie.PosterPathText = value),
        CreateText("tagline", movie => movie.TaglineText, (movie, value) => movie.TaglineText = value),
        CreateText("overview", movie => movie.OverviewText, (movie, value) => movie.OverviewText = value),
    ];

    /// <summary>
    /// The fields that later scripts added, in the order of the scripts. Their columns are at the end of the table. They enter a fingerprint only if known,
    /// so that a movie without them keeps its fingerprint in older ledgers.
    /// </summary>
    public static ImmutableArray<MovieField> Added { get; } = [];

    public static ImmutableArray<MovieField> All { get; } = [.. Original, .. Added];

    /// <summary>The column's name in the ledger.</summary>
    public string Name { get; }

    /// <summary>The column's name on pages.</summary>
    public string Label => char.ToUpperInvariant(Name[0]) + Name[1..].Replace('_', ' ');

    /// <summary>The column's name in the dataset and in TMDB's JSON.</summary>
    public string SourceName { get; private init; }

    public MovieFieldKind Kind { get; }

    /// <summary>True for titles, taglines and overviews. In any other field a line break means that the record is damaged; lists are read separately.</summary>
    public bool MayContainLineBreaks => Name is "title" or "original_title" or "tagline" or "overview" || Kind == MovieFieldKind.Collection;

    /// <summary>True for titles. A placeholder of other fields, such as "None" or "NaN", is a real title.</summary>
    public bool IsTitle => Name is "title" or "original_title";

    /// <summary>The largest value of a <see cref="MovieFieldKind.Decimal"/>.</summary>
    public decimal MaxValue { get; private init; }

    /// <summary>Returns the boxed value: a string, DateOnly, long, int, decimal or bool; null if unknown.</summary>
    public abstract object? GetValue(Movie movie);

    public abstract bool IsKnown(Movie movie);

    internal abstract void Write(Movie movie, IMovieValueWriter writer);

    /// <summary>Copies the value from one movie to another.</summary>
    internal abstract void Copy(Movie from, Movie to);

    /// <summary>Sets the value from a column of the ledger.</summary>
    internal abstract void Read(Movie movie, DbDataReader row, int column);

    /// <summary>
    /// Returns the value as text without trailing zeros, since a decimal from the ledger has six places and one from a dataset as many as were written. Null
    /// if unknown.
    /// </summary>
    public string? Format(Movie movie) => GetValue(movie) switch
    {
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString("0.######", CultureInfo.InvariantCulture),
        var value => value?.ToString(),
    };

    private static MovieField<MovieText> CreateText(
        string name,
        Func<Movie, MovieText> get,
        Action<Movie, MovieText> set,
        MovieFieldKind kind = MovieFieldKind.Text,
        string? sourceName = null) =>
        new(name, kind, get, set, (writer, value) => writer.Add(value), (row, column) => new(row.GetString(column)))
        {
            SourceName = sourceName ?? name,
        };

    private static MovieField<MovieText> CreateWord(
        string name, string sourceName, Func<Movie, string?> get, Action<Movie, string?> set, MovieFieldKind kind = MovieFieldKind.Word) =>
        CreateText(name, movie => new(get(movie)), (movie, value) => set(movie, value.Text), kind, sourceName);

    private static MovieField<long?> CreateAmount(string name, Func<Movie, long?> get, Action<Movie, long?> set) =>
        new(name, MovieFieldKind.Amount, get, set, (writer, value) => writer.Add(value), (row, column) => row.GetInt64(column));

    private static MovieField<int?> CreateInteger(string name, MovieFieldKind kind, Func<Movie, int?> get, Action<Movie, int?> set) =>
        new(name, kind, get, set, (writer, value) => writer.Add(value), (row, column) => row.GetInt32(column));

    private static MovieField<decimal?> CreateDecimal(string name, decimal largest, Func<Movie, decimal?> get, Action<Movie, decimal?> set) =>
        new(name, MovieFieldKind.Decimal, get, set, (writer, value) => writer.Add(value), (row, column) => row.GetDecimal(column))
        {
            MaxValue = largest,
        };

    private static MovieField<bool?> CreateBoolean(string name, Func<Movie, bool?> get, Action<Movie, bool?> set) =>
        new(name, MovieFieldKind.Boolean, get, set, (writer, value) => writer.Add(value), (row, column) => row.GetBoolean(column));
}

/// <summary>A typed field, so that a load boxes no values. The type is <see cref="MovieText"/> or a nullable date, long, int, decimal or bool.</summary>
/// <param name="write">Calls the writer's overload.</param>
/// <param name="read">Reads a column that is not null.</param>
internal sealed class MovieField<T>(
    string name, MovieFieldKind kind, Func<Movie, T> get, Action<Movie, T> set, Action<IMovieValueWriter, T> write, Func<DbDataReader, int, T> read) : MovieField(name, kind)
{
    public void Set(Movie movie, T value) => set(movie, value);

    public override object? GetValue(Movie movie) => get(movie) is var value && value is MovieText text ? text.Text : value;

    public override bool IsKnown(Movie movie) => get(movie) is var value && value is MovieText text ? text.IsKnown : value is not null;

    internal override void Write(Movie movie, IMovieValueWriter writer) => write(writer, get(movie));

    internal override void Copy(Movie from, Movie to) => set(to, get(from));

    internal override void Read(Movie movie, DbDataReader row, int column)
    {
        if (!row.IsDBNull(column))
        {
            set(movie, read(row, column));
        }
    }
}
