using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CineLedger.Model;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading.Statistics;

/// <summary>
/// The profile of a snapshot whose movies a load reads completely. Movies are added one by one while the file is read, so that the store need not
/// count their values. The statistics equal those of the queries that read them from the store; those that do not follow from the counts are left to the queries.
/// </summary>
internal sealed class SnapshotStatistics : IMovieValueWriter
{
    /// <summary>The number of movies for each different text that space is reserved for. The tables grow if there are more texts.</summary>
    private const int MoviesPerText = 4;

    private readonly (MovieField Field, TextCounts? Texts, NumberCounts? Numbers)[] _columns;
    private readonly (string Name, string Table, string Label, int Max, ListCounts Counts)[] _lists;
    private readonly Dictionary<int, YearCounts> _years = [];
    private readonly List<KnownAmounts> _amounts = [];

    /// <summary>How often each of the amounts belongs to a record that another one superseded.</summary>
    private readonly Dictionary<KnownAmounts, int> _superseded = [];
    private readonly byte[] _buffer = new byte[1024];
    private long _movies;
    private TextCounts? _texts;
    private NumberCounts? _numbers;
    private int _count;

    /// <param name="names">The numbers of all names.</param>
    /// <param name="expected">The approximate number of movies.</param>
    public SnapshotStatistics(NameTables names, long expected)
    {
        _columns = [.. MovieField.All.Select(field => CreateCounts(field, (int)Math.Min(expected, 100_000_000) / MoviesPerText))];
        _lists =
        [
            (LinkProfile.Companies, "company", "d.name", ValueStatistics.MaxFrequent,
                new(movie => movie.Companies, entry => ((Company)entry).Name, names.Companies, ValueStatistics.MaxFrequent, areShared: false)),
            (LinkProfile.Genres, "genre", "d.name", LinkProfile.MaxGenres, new(movie => movie.Genres, entry => ((Genre)entry).Name, names.Genres, LinkProfile.MaxGenres, areShared: true)),
            (LinkProfile.Countries, "country", "d.name", ValueStatistics.MaxFrequent,
                new(movie => movie.Countries, entry => ((Country)entry).Code, names.Countries, ValueStatistics.MaxFrequent, areShared: true)),
            (LinkProfile.Languages, "language", LanguageLabel, ValueStatistics.MaxFrequent,
                new(movie => movie.Languages, entry => ((Language)entry).Code, names.Languages, ValueStatistics.MaxFrequent, areShared: true)),
        ];
    }

    /// <summary>The expression for the name of a language <c>d</c>.</summary>
    public const string LanguageLabel = "CASE d.name WHEN '' THEN d.code ELSE d.name END";

    /// <param name="movie">The movie.</param>
    /// <param name="count">1, or -1 to remove a movie that was added.</param>
    public void Add(Movie movie, int count)
    {
        (_movies, _count) = (_movies + count, count);
        foreach (var (field, texts, numbers) in _columns)
        {
            (_texts, _numbers) = (texts, numbers);
            field.Write(movie, this);
        }

        foreach (var list in _lists)
        {
            list.Counts.Add(movie, count);
        }

        ref var year = ref CollectionsMarshal.GetValueRefOrAddDefault(_years, movie.ReleaseYear ?? 0, out _);
        year ??= new();
        year.Movies += count;
        var (budget, revenue) = (movie.Budget ?? 0, movie.Revenue ?? 0);
        year.Budgets += budget > 0 ? count : 0;
        year.Revenues += revenue > 0 ? count : 0;
        year.Both += budget > 0 && revenue > 0 ? count : 0;
        if (budget <= 0 && revenue <= 0)
        {
            return;
        }

        var amounts = new KnownAmounts(movie.Id, movie.ReleaseYear ?? 0, budget, revenue);
        if (count > 0)
        {
            _amounts.Add(amounts);
        }
        else
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_superseded, amounts, out _)++;
        }
    }

    void IMovieValueWriter.Add(MovieText value)
    {
        if (value.TryGetUtf8(out var utf8))
        {
            _texts!.Add(utf8, _count);
        }
        else if (value.Text is { } text)
        {
            _texts!.Add(
                Encoding.UTF8.GetMaxByteCount(text.Length) > _buffer.Length ? Encoding.UTF8.GetBytes(text) : _buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, _buffer)), _count);
        }
    }

    void IMovieValueWriter.Add(DateOnly? value) => AddNumber(value?.DayNumber);

    void IMovieValueWriter.Add(long? value) => AddNumber(value);

    void IMovieValueWriter.Add(int? value) => AddNumber(value);

    void IMovieValueWriter.Add(decimal? value) => AddNumber(value?.ToMillionths());

    void IMovieValueWriter.Add(bool? value)
    {
        if (value is { } known)
        {
            _texts!.Add(known ? "true"u8 : "false"u8, _count);
        }
    }

    /// <summary>Creates the stored parts of the profile. Call it when the rows of the snapshot are committed.</summary>
    public async Task<IReadOnlyList<ProfilePart>> CreatePartsAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        List<ProfilePart> parts =
        [
            .. _columns.Select(column => ProfilePart.CreateColumn(column.Field.Name, column.Texts?.Summarize() ?? column.Numbers?.Summarize())).OfType<ProfilePart>(),
            ProfilePart.CreateYears(
            [
                .. _years.Where(year => year.Value.Movies > 0).OrderBy(year => year.Key == 0 ? int.MaxValue : year.Key)
                    .Select(year => new YearCoverage(year.Key == 0 ? null : year.Key, year.Value.Movies, year.Value.Budgets, year.Value.Revenues, year.Value.Both)),
            ]),
            ProfilePart.CreateAmounts(await AmountStatistics.CreateAsync(GetAmounts(), connection, snapshot, cancellationToken).ConfigureAwait(false)),
        ];
        foreach (var list in _lists)
        {
            if (list.Counts.Summarize() is { } found)
            {
                var link = await CreateLinkAsync(list.Name, found, list.Table, list.Label, list.Max, _movies, connection, cancellationToken).ConfigureAwait(false);
                parts.Add(ProfilePart.CreateLink(link));
            }
        }

        return parts;
    }

    /// <summary>Removes the amounts of superseded records, once for each.</summary>
    private List<KnownAmounts> GetAmounts()
    {
        _amounts.RemoveAll(amounts => _superseded.TryGetValue(amounts, out var count) && count > 0 && (_superseded[amounts] = count - 1) >= 0);
        return _amounts;
    }

    /// <summary>Creates the profile of a kind of list.</summary>
    public static async Task<LinkProfile> CreateLinkAsync(
        string name, NameStatistics found, string table, string label, int max, long movies, DbConnection connection, CancellationToken cancellationToken)
    {
        var (entries, counts) = found.PerMovie.ToArrays();
        Array.Sort(entries, counts);
        return new(
            name, found.Known, movies - found.Known, found.Entries, found.Distinct, Distribution.Create(entries, counts, count => count.ToString(CultureInfo.InvariantCulture)),
            await found.ReadTopAsync(connection, table, label, max, cancellationToken).ConfigureAwait(false));
    }

    private void AddNumber(long? value)
    {
        if (value is { } known)
        {
            _numbers!.Add(known, _count);
        }
    }

    private static (MovieField, TextCounts?, NumberCounts?) CreateCounts(MovieField field, int expected) => field.Kind switch
    {
        MovieFieldKind.Amount or MovieFieldKind.Minutes or MovieFieldKind.Count => (field, null, NumberCounts.ForWholeNumbers()),
        MovieFieldKind.Decimal => (field, null, NumberCounts.ForMillionths()),
        MovieFieldKind.Date => (field, null, NumberCounts.ForDays()),
        MovieFieldKind.Text => (field, new(hasLengths: true, expected), null),
        var kind => (field, new(hasLengths: kind != MovieFieldKind.Boolean, 16), null),
    };

    private sealed class YearCounts
    {
        public long Movies { get; set; }

        public long Budgets { get; set; }

        public long Revenues { get; set; }

        public long Both { get; set; }
    }
}
