namespace CineLedger.Samples;

/// <summary>links.csv, the only connection between MovieLens ratings and TMDB movies; links_small.csv has every fifth movie.</summary>
internal sealed class LinkRowSource(SampleOptions options, MovieIds ids, ExtraLinks extras, int everyNth) : RowSource
{
    private int _movie;

    public override ReadOnlySpan<byte> Header => "movieId,imdbId,tmdbId\r\n"u8;

    public override bool TryWriteNext(Utf8Buffer output)
    {
        if (_movie >= options.Movies)
        {
            return false;
        }

        Add(output, ids.GetMovieLens(_movie), ids.GetImdb(_movie), ids.GetTmdb(_movie));
        if (everyNth == 1)
        {
            switch (extras.GetAfter(_movie))
            {
                case ExtraLink.WithoutTmdb:
                    Add(output, ids.GetMovieLens(_movie) + 1, ids.GetImdb(_movie) + 1, null);
                    break;
                case ExtraLink.SameTmdb:
                    Add(output, ids.GetMovieLens(_movie) + 1, ids.GetImdb(_movie) + 1, ids.GetTmdb(_movie));
                    break;
            }
        }
        _movie += everyNth;
        return true;
    }

    private static void Add(Utf8Buffer output, long movieLens, long imdb, long? tmdb)
    {
        output.Add(movieLens);
        output.Add((byte)',');
        output.AddPadded(imdb, 7);
        output.Add((byte)',');
        if (tmdb is { } id)
        {
            output.Add(id);
        }

        output.Add("\r\n"u8);
    }
}

/// <summary>An additional row of a movie in links.csv.</summary>
internal enum ExtraLink
{
    None, WithoutTmdb, SameTmdb,
}

/// <summary>
/// The untidy rows of links.csv: 219 of 45,843 MovieLens ids have no TMDB id, and 30 TMDB ids occur twice. They are
/// spread evenly over the last two thirds, where the MovieLens ids have gaps.
/// </summary>
internal sealed class ExtraLinks(SampleOptions options)
{
    private const int MoviesPerExtraLink = 45_466 * 2 / 3 / (219 + 30);
    private const int EveryNthIsDouble = 8;
    private readonly bool _any = options.Quirks.HasFlag(SampleQuirks.UntidyLinks);
    private readonly int _first = options.Movies / 3;
    private readonly int _step = Math.Clamp(options.Movies * 2 / 3 / 16, 1, MoviesPerExtraLink);

    public ExtraLink GetAfter(int movie)
    {
        if (!_any || movie < _first || (movie - _first) % _step != 0 || movie + 1 >= options.Movies)
        {
            return ExtraLink.None;
        }

        return (movie - _first) / _step % EveryNthIsDouble == 1 ? ExtraLink.SameTmdb : ExtraLink.WithoutTmdb;
    }
}
