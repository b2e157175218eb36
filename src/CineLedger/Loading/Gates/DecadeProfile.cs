using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>Counts the known values of the movies of one decade of release dates.</summary>
internal sealed class DecadeProfile(int year)
{
    /// <summary>The length of a decade.</summary>
    public const int Years = 10;

    private static readonly string[] Columns =
        ["title", "budget", "revenue", "runtime", "popularity", "vote_average", "vote_count", "genres", "production_companies"];

    private static readonly string[] Medians = ["budget", "revenue", "runtime"];

    private static readonly Func<Movie, bool>[] IsKnown =
    [
        .. Columns[..^2].Select(name => (Func<Movie, bool>)MovieField.All.First(field => field.Name == name).IsKnown),
        movie => movie.Genres.Count > 0, movie => movie.Companies.Count > 0,
    ];

    private static readonly Func<Movie, double?>[] GetMedianValues =
        [.. Medians.Select(name => ColumnStatistics.GetNumberOf(MovieField.All.First(field => field.Name == name))!)];

    private readonly long[] _known = new long[Columns.Length];
    private readonly ValueSample[] _samples = [.. Medians.Select(_ => new ValueSample())];

    /// <summary>The columns whose known values are counted, and after them two lists.</summary>
    public static IReadOnlyList<string> ColumnNames => Columns;

    /// <summary>The columns with medians.</summary>
    public static IReadOnlyList<string> MedianNames => Medians;

    /// <summary>The first year of the decade.</summary>
    public int Year => year;

    public long Movies { get; private set; }

    public static int GetYear(int year) => year / Years * Years;

    /// <summary>The numbers of known values, in the order of <see cref="ColumnNames"/>.</summary>
    public IReadOnlyList<long> Known => _known;

    /// <summary>The known values of the columns of <see cref="MedianNames"/>.</summary>
    public IReadOnlyList<ValueSample> Samples => _samples;

    /// <summary>Adds a movie of the decade.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="count">1, or -1 to remove a movie that was added.</param>
    public void Add(Movie movie, int count)
    {
        Movies += count;
        for (var i = 0; i < IsKnown.Length; i++)
        {
            _known[i] += IsKnown[i](movie) ? count : 0;
        }

        for (var i = 0; i < GetMedianValues.Length; i++)
        {
            if (GetMedianValues[i](movie) is { } value)
            {
                _samples[i].Add(value, count);
            }
        }
    }
}
