using System.Runtime.InteropServices;

namespace CineLedger.Reports.InMemory;

/// <summary>Enumerates the rows of the yearly reports in order. A row is valid until the next one.</summary>
internal static class MovieGroups
{
    public static IEnumerable<ReportRow> EnumerateCompanies(ReportMovies movies) => EnumerateCompanyYears(movies, includesTotals: true);

    /// <summary>Ranks the genres of a year like RANK in SQL: equal values share a rank, and unknown ones are last.</summary>
    public static IEnumerable<ReportRow> EnumerateGenres(ReportMovies movies)
    {
        var rows = new Dictionary<(int Year, int Genre), ReportRow>();
        for (var i = 0; i < movies.Movies.Count; i++)
        {
            ref var movie = ref movies.Movies[i];
            foreach (var genre in movies.GetGenres(i))
            {
                ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, (movie.Year, genre), out _);
                row ??= new ReportRow { Year = movie.Year, Genre = genre };
                row.Releases++;
                row.Totals.Add(in movie);
            }
        }

        var (previous, place) = (new ReportRow(), 0);
        foreach (var row in rows.Values.OrderBy(row => row.Year).ThenByDescending(row => row.Totals.PopularityKey).ThenBy(row => row.Genre))
        {
            place = row.Year == previous.Year ? place + 1 : 1;
            row.Rank = place > 1 && row.Totals.PopularityKey == previous.Totals.PopularityKey ? previous.Rank : place;
            yield return previous = row;
        }
    }

    public static IEnumerable<ReportRow> EnumerateCompanyGenres(ReportMovies movies)
    {
        var (releases, found) = (new int[movies.Genres.Count], new List<int>());
        foreach (var row in EnumerateCompanyYears(movies, includesTotals: false))
        {
            foreach (var movie in CollectionsMarshal.AsSpan(movies.CompanyMovies)[row.Start..row.End])
            {
                foreach (var genre in movies.GetGenres(movie))
                {
                    if (releases[genre]++ == 0)
                    {
                        found.Add(genre);
                    }
                }
            }

            found.Sort();
            foreach (var genre in found)
            {
                (row.Genre, row.Releases, releases[genre]) = (genre, releases[genre], 0);
                yield return row;
            }

            found.Clear();
        }
    }

    private static IEnumerable<ReportRow> EnumerateCompanyYears(ReportMovies movies, bool includesTotals)
    {
        var (row, keys) = (new ReportRow(), movies.CompanyYears);
        while (row.End < keys.Count)
        {
            (row.Company, row.Year, row.Start, row.Totals) = ((int)(keys[row.End] >> 32), (int)keys[row.End], row.End, default);
            for (; row.End < keys.Count && keys[row.End] == keys[row.Start]; row.End++)
            {
                if (includesTotals)
                {
                    row.Totals.Add(in movies.Movies[movies.CompanyMovies[row.End]]);
                }
            }

            row.Releases = row.End - row.Start;
            yield return row;
        }
    }
}
