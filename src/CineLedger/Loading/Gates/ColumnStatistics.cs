using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>Counts the known values of a column and, for numbers and dates, samples them.</summary>
internal sealed class ColumnStatistics(MovieField column)
{
    /// <summary>How many of the largest values are kept, so that the largest one stays known when a few movies are removed.</summary>
    private const int LargestValues = 32;

    private readonly Func<Movie, double?>? _getNumber = GetNumberOf(column);
    private readonly ValueSample _sample = new();
    private readonly List<double> _largest = [];
    private long _known;
    private double _sum;

    public string Name => column.SourceName;

    /// <summary>Returns the value of a number, or the day of a date; null for other columns.</summary>
    public static Func<Movie, double?>? GetNumberOf(MovieField field) => field.Name switch
    {
        "budget" => movie => movie.Budget,
        "revenue" => movie => movie.Revenue,
        "runtime" => movie => movie.Runtime,
        "popularity" => movie => (double?)movie.Popularity,
        "vote_average" => movie => (double?)movie.VoteAverage,
        "vote_count" => movie => movie.VoteCount,
        "release_date" => movie => movie.ReleaseDate?.DayNumber,
        _ => null,
    };

    /// <summary>Adds the value of a movie.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="isSampled">Whether a number is included in the quantiles.</param>
    /// <param name="count">1, or -1 to remove a movie that was added.</param>
    public void Add(Movie movie, bool isSampled, int count)
    {
        if (_getNumber is null)
        {
            _known += column.IsKnown(movie) ? count : 0;
        }
        else if (_getNumber(movie) is { } value)
        {
            _known += count;
            _sum += count * value;
            if (count > 0)
            {
                AddLargest(value);
            }
            else
            {
                _largest.Remove(value);
            }

            if (isSampled)
            {
                _sample.Add(value, count);
            }
        }
    }

    /// <summary>Returns whether two fifths of the values are equal, in which case these quantiles coincide.</summary>
    public bool IsConcentrated() => _getNumber is not null && _sample.Count >= ShareCheck.MinBase && _sample.GetQuantile(0.35) == _sample.GetQuantile(0.75);

    public ColumnFigures GetFigures() => column.Kind != MovieFieldKind.Date && _getNumber is not null && _known > 0
        ? new(Name, _known, _sum, _sample.GetQuantile(0.5), _largest[^1])
        : new(Name, _known, null, null, null);

    private void AddLargest(double value)
    {
        if (_largest.Count == LargestValues && value <= _largest[0])
        {
            return;
        }

        var index = _largest.Count;
        while (index > 0 && _largest[index - 1] > value)
        {
            index--;
        }

        _largest.Insert(index, value);
        if (_largest.Count > LargestValues)
        {
            _largest.RemoveAt(0);
        }
    }
}
