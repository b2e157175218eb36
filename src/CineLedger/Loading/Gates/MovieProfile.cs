using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;

namespace CineLedger.Loading.Gates;

/// <summary>
/// Statistics of the movies of a snapshot, for the checks that need no earlier snapshot. Movies are added one by one while a file is read, so that
/// a load does not read them again from the store. Known values, sums and maxima are exact; everything else comes from the sample of
/// <see cref="GateSample"/>, so that the cost does not grow with the dataset.
/// </summary>
internal sealed class MovieProfile
{
    /// <summary>The number of movies that are read from the store at a time.</summary>
    private const int ChunkSize = 20_000;

    private readonly DecadeProfile?[] _decades = new DecadeProfile?[(DateOnly.MaxValue.Year / DecadeProfile.Years) + 1];
    private readonly ColumnStatistics[] _columns = [.. MovieField.All.Select(field => new ColumnStatistics(field))];
    private readonly ListProfile[] _lists = [.. GateList.All.Select(list => new ListProfile(list))];
    private readonly ShareCount[] _shares = [.. ShareCheck.All.Select(check => new ShareCount(check))];
    private readonly RepeatedTexts _titledDates;
    private readonly int _divisor;

    /// <param name="expected">The approximate number of movies, which determines the sample.</param>
    public MovieProfile(long expected)
    {
        _divisor = GateSample.GetDivisor(expected);
        (_titledDates, Titles, ImdbIds) = (new("title", _divisor), new("title", _divisor), new("imdb_id", _divisor));
    }

    public long Movies { get; private set; }

    public IReadOnlyList<ColumnStatistics> Columns => _columns;

    public IReadOnlyList<ShareCount> Shares => _shares;

    /// <summary>The decades with movies, in order.</summary>
    public IEnumerable<DecadeProfile> Decades => _decades.OfType<DecadeProfile>();

    public RepeatedTexts Titles { get; }

    public RepeatedTexts ImdbIds { get; }

    /// <summary>Movies with the title and date of another one.</summary>
    public long Repeated => _titledDates.Known - _titledDates.Distinct;

    /// <summary>The titles of two such movies, which may be equal; null if there are none.</summary>
    public (string First, string Last)? RepeatedTitles { get; private set; }

    /// <summary>Reads the movies of a snapshot from the store, in parts.</summary>
    /// <param name="connection">A connection on which the snapshot is visible.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="movies">Its approximate number of movies.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<MovieProfile> ReadAsync(DbConnection connection, int snapshot, long movies, CancellationToken cancellationToken)
    {
        var profile = new MovieProfile(movies);
        var parts = (movies / ChunkSize) + 1;
        for (var part = 0L; part < parts; part++)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"{AsOf.Build("m", snapshot)} AND m.movie_id % {parts} = {part}");
            foreach (var version in await MovieRows.ReadAsync(connection, where, cancellationToken).ConfigureAwait(false))
            {
                profile.Add(version.Movie);
            }
        }

        return profile;
    }

    public void Add(Movie movie)
    {
        Add(movie, 1);
        if (movie.TitleText.IsKnown)
        {
            var title = RepeatedTexts.GetHash(movie.TitleText);
            Titles.Add(title);
            if (movie.ReleaseDate is { } date && _titledDates.Add(Combine(title, date)) && movie.Title is { } text)
            {
                RepeatedTitles = (RepeatedTitles?.First ?? text, text);
            }
        }

        if (movie.ImdbIdText.IsKnown)
        {
            ImdbIds.Add(RepeatedTexts.GetHash(movie.ImdbIdText));
        }
    }

    /// <summary>Removes a movie that was added.</summary>
    public void Remove(Movie movie)
    {
        Add(movie, -1);
        if (movie.TitleText.IsKnown)
        {
            var title = RepeatedTexts.GetHash(movie.TitleText);
            Titles.Remove(title);
            if (movie.ReleaseDate is { } date)
            {
                _titledDates.Remove(Combine(title, date));
            }
        }

        if (movie.ImdbIdText.IsKnown)
        {
            ImdbIds.Remove(RepeatedTexts.GetHash(movie.ImdbIdText));
        }
    }

    /// <summary>Does most of the work of <see cref="Summarize"/> in advance.</summary>
    public void Prepare()
    {
        foreach (var list in _lists)
        {
            list.Prepare();
        }
    }

    /// <summary>Computes the figures for the gates and the load's record.</summary>
    public ProfileSummary Summarize() => new(
        new(Movies, [.. _columns.Select(column => column.GetFigures()), .. _lists.Select(list => list.Figures)]), [.. _lists.Select(list => list.Summarize())]);

    private void Add(Movie movie, int count)
    {
        var isSampled = movie.Id % _divisor == 0;
        Movies += count;
        foreach (var column in _columns)
        {
            column.Add(movie, isSampled, count);
        }

        foreach (var list in _lists)
        {
            list.Add(movie, isSampled, count);
        }

        if (isSampled)
        {
            foreach (var share in _shares)
            {
                share.Add(movie, count);
            }

            if (movie.ReleaseYear is { } year)
            {
                (_decades[year / DecadeProfile.Years] ??= new(DecadeProfile.GetYear(year))).Add(movie, count);
            }
        }
    }

    private static ulong Combine(ulong title, DateOnly date) => (title ^ (ulong)date.DayNumber) * 0x9E3779B97F4A7C15;
}

/// <summary>The results of a profile.</summary>
/// <param name="Figures">The figures that a load records.</param>
/// <param name="Lists">Statistics of each kind of list.</param>
internal sealed record ProfileSummary(LedgerFigures Figures, IReadOnlyList<ListSummary> Lists);
