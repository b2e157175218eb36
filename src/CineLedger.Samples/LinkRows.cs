namespace CineLedger.Samples;

/// <summary>links.csv, the only bridge between MovieLens' ratings and TMDB's films; every fifth film for links_small.csv.</summary>
internal sealed class LinkRows(SampleOptions options, FilmIds ids, ExtraLinks extras, int step) : RowSource
{
    private int _film;

    public override ReadOnlySpan<byte> Header => "movieId,imdbId,tmdbId\r\n"u8;

    public override bool Next(Utf8Buffer output)
    {
        if (_film >= options.Movies)
        {
            return false;
        }

        Add(output, ids.MovieLens(_film), ids.Imdb(_film), ids.Tmdb(_film));
        if (step == 1)
        {
            switch (extras.After(_film))
            {
                case ExtraLink.WithoutTmdb:
                    Add(output, ids.MovieLens(_film) + 1, ids.Imdb(_film) + 1, null);
                    break;
                case ExtraLink.SameTmdb:
                    Add(output, ids.MovieLens(_film) + 1, ids.Imdb(_film) + 1, ids.Tmdb(_film));
                    break;
            }
        }
        _film += step;
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

/// <summary>What else a film has in links.csv.</summary>
internal enum ExtraLink
{
    None, WithoutTmdb, SameTmdb,
}

/// <summary>
/// The untidy rows of links.csv: 219 in 45,843 MovieLens ids have no TMDB id, and 30 TMDB ids stand twice. They are
/// spread evenly over the later two thirds, where MovieLens' ids leave gaps.
/// </summary>
internal sealed class ExtraLinks(SampleOptions options)
{
    private const int FilmsForOne = 45_466 * 2 / 3 / (219 + 30);
    private const int EveryNthIsDouble = 8;
    private readonly bool _any = options.Quirks.HasFlag(SampleQuirks.UntidyLinks);
    private readonly int _first = options.Movies / 3;
    private readonly int _step = Math.Clamp(options.Movies * 2 / 3 / 16, 1, FilmsForOne);

    public ExtraLink After(int film)
    {
        if (!_any || film < _first || (film - _first) % _step != 0 || film + 1 >= options.Movies)
        {
            return ExtraLink.None;
        }

        return (film - _first) / _step % EveryNthIsDouble == 1 ? ExtraLink.SameTmdb : ExtraLink.WithoutTmdb;
    }
}
