using System.Data.Common;
using System.Globalization;
using System.Text;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading.Statistics;

/// <summary>
/// The profile of a snapshot whose movies a load reads completely. Movies are added one by one while the file is read, so that the store need not
/// count their values. The statistics equal those of the queries that read them from the store; those that do not follow from the counts are left to the queries.
/// </summary>
internal sealed class SnapshotStatistics : IMovieValueWriter
{
    private const int NoYear = 0;
    private const int Removed = -1;
    private const int CountingTasks = 2;

    private readonly ColumnCounts[] _columns = [.. MovieField.All.Select(field => new ColumnCounts(field))];
    private readonly (string Name, string Table, string Label, int Max, ListCounts Counts)[] _lists;

    /// <summary>The movies in the order in which they were added. The columns have the same order.</summary>
    private readonly ChunkedList<long> _ids = new();
    private readonly ChunkedList<int> _years = new();

    /// <summary>The movies whose first record another one superseded.</summary>
    private readonly HashSet<long> _removed = [];
    private readonly byte[] _buffer = new byte[1024];
    private ColumnCounts _column;
    private bool _isRemoving;
    private Task _counting = Task.CompletedTask;

    /// <param name="names">The numbers of all names.</param>
    public SnapshotStatistics(NameTables names)
    {
        _column = _columns[0];
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

    /// <summary>Adds a movie. A movie is added again only after it was removed.</summary>
    public void Add(Movie movie)
    {
        _ids.Add(movie.Id);
        _years.Add(movie.ReleaseYear ?? NoYear);
        Write(movie, isRemoving: false);
    }

    /// <summary>Removes a movie with the values with which it was added.</summary>
    public void Remove(Movie movie)
    {
        _removed.Add(movie.Id);
        Write(movie, isRemoving: true);
    }

    void IMovieValueWriter.Add(MovieText value)
    {
        if (value.TryGetUtf8(out var utf8))
        {
            AddText(utf8);
        }
        else if (value.Text is { } text)
        {
            AddText(Encoding.UTF8.GetMaxByteCount(text.Length) > _buffer.Length ? Encoding.UTF8.GetBytes(text) : _buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, _buffer)));
        }
        else if (!_isRemoving)
        {
            _column.Texts!.AddUnknown();
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
            AddText(known ? "true"u8 : "false"u8);
        }
        else if (!_isRemoving)
        {
            _column.Texts!.AddUnknown();
        }
    }

    /// <summary>Starts to count the values in the background. Call it when all movies are added and removed.</summary>
    public void Complete()
    {
        RemoveRows();
        _counting = Task.WhenAll(Enumerable.Range(0, CountingTasks).Select(task => Task.Run(() => CountColumns(task))));
    }

    /// <summary>Creates the stored parts of the profile. Call it when the rows of the snapshot are committed.</summary>
    public async Task<IReadOnlyList<ProfilePart>> CreatePartsAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        await _counting.ConfigureAwait(false);
        var (years, amounts) = CountYears();
        var profile = AmountStatistics.Create(amounts);
        var frequent = _columns.SelectMany(column => column.Texts?.Frequent ?? []).Select(text => _ids[text.Movie]);
        var texts = await ReadTextsAsync([.. frequent, .. AmountStatistics.GetMovies(profile)], connection, snapshot, cancellationToken).ConfigureAwait(false);
        List<ProfilePart> parts =
        [
            .. _columns.Select(column => ProfilePart.CreateColumn(column.Field.Name, column.Summarize(movie => column.GetText(texts[_ids[movie]])))).OfType<ProfilePart>(),
            ProfilePart.CreateYears(years),
            ProfilePart.CreateAmounts(AmountStatistics.AddTitles(profile, id => texts.GetValueOrDefault(id)?.Title)),
        ];
        foreach (var list in _lists)
        {
            if (list.Counts.Summarize() is { } found)
            {
                var link = await CreateLinkAsync(list.Name, found, list.Table, list.Label, list.Max, years.Sum(year => year.Movies), connection, cancellationToken)
                    .ConfigureAwait(false);
                parts.Add(ProfilePart.CreateLink(link));
            }
        }

        return parts;
    }

    /// <summary>Creates the profile of a kind of list.</summary>
    public static async Task<LinkProfile> CreateLinkAsync(
        string name, NameStatistics found, string table, string label, int max, long movies, DbConnection connection, CancellationToken cancellationToken) => new(
            name, found.Known, movies - found.Known, found.Entries, found.Distinct, Distribution.Create(found.PerMovie),
            await found.ReadTopAsync(connection, table, label, max, cancellationToken).ConfigureAwait(false));

    private void Write(Movie movie, bool isRemoving)
    {
        _isRemoving = isRemoving;
        foreach (var column in _columns)
        {
            _column = column;
            column.Field.Write(movie, this);
        }

        foreach (var list in _lists)
        {
            list.Counts.Add(movie, isRemoving ? -1 : 1);
        }
    }

    private void AddText(ReadOnlySpan<byte> text)
    {
        if (_isRemoving)
        {
            _column.Texts!.Remove(text);
        }
        else
        {
            _column.Texts!.Add(text);
        }
    }

    private void AddNumber(long? value)
    {
        if (!_isRemoving)
        {
            _column.Numbers!.Add(value);
        }
    }

    private void CountColumns(int task)
    {
        var (keys, space) = (new ulong[_ids.Count], new ulong[_ids.Count]);
        for (var column = task; column < _columns.Length; column += CountingTasks)
        {
            _columns[column].Count(keys, space);
        }
    }

    /// <summary>Removes the superseded records, which came before the records that superseded them.</summary>
    private void RemoveRows()
    {
        for (var movie = 0; movie < _ids.Count && _removed.Count > 0; movie++)
        {
            if (_removed.Remove(_ids[movie]))
            {
                _years[movie] = Removed;
                foreach (var column in _columns)
                {
                    column.Remove(movie);
                }
            }
        }
    }

    /// <summary>Counts the movies of each year, and selects those with an amount.</summary>
    private (IReadOnlyList<YearCoverage> Years, IReadOnlyList<KnownAmounts> Amounts) CountYears()
    {
        var (budgets, revenues) = (FindNumbers(MovieField.Budget), FindNumbers(MovieField.Revenue));
        var years = new YearCounts?[DateOnly.MaxValue.Year + 1];
        var amounts = new List<KnownAmounts>();
        for (var movie = 0; movie < _ids.Count; movie++)
        {
            if (_years[movie] == Removed)
            {
                continue;
            }

            var (budget, revenue) = (budgets[movie] ?? 0, revenues[movie] ?? 0);
            var year = years[_years[movie]] ??= new();
            year.Movies++;
            year.Budgets += budget > 0 ? 1 : 0;
            year.Revenues += revenue > 0 ? 1 : 0;
            year.Both += budget > 0 && revenue > 0 ? 1 : 0;
            if (budget > 0 || revenue > 0)
            {
                amounts.Add(new(_ids[movie], _years[movie], budget, revenue));
            }
        }

        var coverage = new List<YearCoverage>();
        for (var year = NoYear + 1; year <= years.Length; year++)
        {
            // Movies without a year come last.
            var at = year == years.Length ? NoYear : year;
            if (years[at] is { } found)
            {
                coverage.Add(new(at == NoYear ? null : at, found.Movies, found.Budgets, found.Revenues, found.Both));
            }
        }

        return (coverage, amounts);

        NumberCounts FindNumbers(MovieField field) => Array.Find(_columns, column => column.Field == field)!.Numbers!;
    }

    /// <summary>Reads the texts of a few movies.</summary>
    private static async Task<Dictionary<long, Movie>> ReadTextsAsync(
        IReadOnlyCollection<long> movies, DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, Movie>();
        if (movies.Count > 0)
        {
            var fields = MovieField.All.Where(field => ColumnCounts.HasTexts(field.Kind)).ToList();
            await connection.ReadEachAsync(
                $"""
                SELECT m.movie_id, {string.Join(", ", fields.Select(field => $"m.{field.Name}"))}
                FROM movie m WHERE {AsOf.Build("m")} AND m.movie_id IN ({string.Join(", ", movies.Distinct().Select(id => id.ToString(CultureInfo.InvariantCulture)))})
                """,
                row =>
                {
                    var movie = new Movie { Id = row.GetInt64(0) };
                    for (var i = 0; i < fields.Count; i++)
                    {
                        fields[i].Read(movie, row, i + 1);
                    }

                    found[movie.Id] = movie;
                },
                cancellationToken, snapshot).ConfigureAwait(false);
        }

        return found;
    }

    private sealed class YearCounts
    {
        public long Movies { get; set; }

        public long Budgets { get; set; }

        public long Revenues { get; set; }

        public long Both { get; set; }
    }
}
