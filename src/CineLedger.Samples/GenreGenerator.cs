using System.Text;

namespace CineLedger.Samples;

/// <summary>TMDB's twenty genres with their ids and frequencies, and the frequencies of the number of genres per movie.</summary>
internal static class GenreGenerator
{
    private static readonly (int Id, string Name, double Movies)[] Table =
    [
        (18, "Drama", 20265), (35, "Comedy", 13182), (53, "Thriller", 7624), (10749, "Romance", 6735), (28, "Action", 6596),
        (27, "Horror", 4673), (80, "Crime", 4307), (99, "Documentary", 3932), (12, "Adventure", 3496),
        (878, "Science Fiction", 3049), (10751, "Family", 2770), (9648, "Mystery", 2467), (14, "Fantasy", 2313),
        (16, "Animation", 1935), (10769, "Foreign", 1622), (10402, "Music", 1598), (36, "History", 1398), (10752, "War", 1323),
        (37, "Western", 1042), (10770, "TV Movie", 767),
    ];

    private static readonly WeightedChoice CountWeights = new([2442, 14559, 14480, 9586, 3380, 835, 157, 24, 3]);

    // Drawing without replacement favors rare genres; the second factor compensates for that.
    private static readonly WeightedChoice GenreWeights = new(Table.Select(genre => genre.Movies * (1 + (genre.Movies / 40_000))));
    private static readonly byte[][] Dicts =
        [.. Table.Select(genre => Encoding.UTF8.GetBytes($"{{'id': {genre.Id}, 'name': '{genre.Name}'}}"))];

    public static void AddList(Utf8Buffer buffer, ref Rng rng)
    {
        int count = CountWeights.Draw(ref rng);
        buffer.Add((byte)'[');
        for (uint drawn = 0; count > 0;)
        {
            int genre = GenreWeights.Draw(ref rng);
            if ((drawn & (1u << genre)) != 0)
            {
                continue;
            }

            buffer.Add(drawn == 0 ? default : ", "u8);
            buffer.Add(Dicts[genre]);
            drawn |= 1u << genre;
            count--;
        }
        buffer.Add((byte)']');
    }
}
