namespace CineLedger.Samples;

/// <summary>movies_metadata.csv: 24 columns, one record a film, and the surplus and broken ones that the plan asks for.</summary>
internal sealed class MovieRows(SampleOptions options, FilmIds ids, QuirkPlan plan) : RowSource
{
    private static readonly WordList Statuses = new("Rumored|Post Production|In Production|Planned|Canceled||Rumored|Post Production");
    private readonly CompanyForge _companies = new(options);
    private readonly Collections _collections = new(options);
    private readonly Utf8Buffer _scratch = new();
    private readonly Utf8Buffer _title = new();
    private readonly int[] _drawn = new int[16];
    private int _film;

    public override ReadOnlySpan<byte> Header =>
        ("adult,belongs_to_collection,budget,genres,homepage,id,imdb_id,original_language,original_title,overview,"u8 +
        "popularity,poster_path,production_companies,production_countries,release_date,revenue,runtime,spoken_languages,"u8 +
        "status,tagline,title,video,vote_average,vote_count\n"u8);

    public override bool Next(Utf8Buffer output)
    {
        if (_film >= options.Movies)
        {
            return false;
        }

        Write(output, _film, plan.FaultOf(_film), conflict: null);
        if (plan.RepeatAfter(_film, out var repeat))
        {
            Write(output, repeat.Film, Fault.None, repeat.Exact ? null : _film);
        }

        _film++;
        return true;
    }

    private void Write(Utf8Buffer output, int film, Fault fault, int? conflict)
    {
        var facts = Rng.For(options.Seed, Rng.Stream.Film, film);
        var text = Rng.For(options.Seed, Rng.Stream.Text, film);
        var figures = FilmFigures.Draw(options.Quirks.HasFlag(SampleQuirks.OddAmounts), ref facts);
        if (conflict is { } kind)
        {
            figures = figures.Later(kind);
        }

        int place = Places.Draw(ref facts);
        _title.Clear();
        StoryForge.AddTitle(_title, ref text);

        output.Add(fault == Fault.WordInAdult ? "Beware of the Geese"u8 : facts.Chance(.0002) ? "True"u8 : "False"u8);
        Comma(output);
        if (facts.Chance(.099))
        {
            AddCollection(output, facts.Below(_collections.Count));
        }

        Comma(output);
        AddBudget(output, figures.Budget, fault);
        Comma(output);
        AddGenres(output, fault, ref facts);
        Comma(output);
        if (facts.Chance(.17))
        {
            AddHomepage(output, ref facts);
        }

        Comma(output);
        output.Add(ids.Tmdb(film));
        output.Add(",tt"u8);
        output.AddPadded(ids.Imdb(film), 7);
        Comma(output);
        output.Add(Places.Language(place));
        Comma(output);
        AddOriginalTitle(output, place, ref text);
        Comma(output);
        AddOverview(output, fault, ref text);
        Comma(output);
        AddPopularity(output, figures.Popularity, fault);
        Comma(output);
        if (!facts.Chance(.0085))
        {
            Posters.Add(output, ref facts);
        }

        Comma(output);
        AddCompanies(output, film);
        Comma(output);
        _scratch.Clear();
        Places.AddCountries(_scratch, place, ref facts);
        output.AddField(_scratch.Written);
        Comma(output);
        if (fault == Fault.WordInDate)
        {
            output.Add("Unreleased"u8);
        }
        else if (!facts.Chance(.0019))
        {
            output.AddDate(ReleaseDates.Draw(ref facts));
        }

        Comma(output);
        output.Add(fault == Fault.NegativeRevenue ? -Math.Max(figures.Revenue, 12_000_000) : figures.Revenue);
        Comma(output);
        if (figures.Runtime is { } minutes)
        {
            output.Add(minutes);
            output.Add(".0"u8);
        }
        Comma(output);
        _scratch.Clear();
        Places.AddLanguages(_scratch, place, ref facts);
        output.AddField(_scratch.Written);
        Comma(output);
        output.Add(facts.Chance(.009) ? Statuses.Pick(ref facts) : "Released"u8);
        Comma(output);
        AddTagline(output, ref text);
        Comma(output);
        output.AddField(_title.Written);
        output.Add(facts.Chance(.002) ? ",True,"u8 : ",False,"u8);
        output.Add(figures.Average / 10);
        output.Add((byte)'.');
        output.Add(figures.Average % 10);
        Comma(output);
        output.Add(figures.Votes);
        output.Add((byte)'\n');
    }

    private void AddCollection(Utf8Buffer output, int collection)
    {
        _scratch.Clear();
        _collections.Add(_scratch, collection);
        output.AddField(_scratch.Written);
    }

    private static void AddBudget(Utf8Buffer output, long budget, Fault fault)
    {
        if (fault == Fault.WordInBudget)
        {
            output.Add("GATORADE"u8);
        }
        else
        {
            output.Add(budget);
        }
    }

    private void AddGenres(Utf8Buffer output, Fault fault, ref Rng facts)
    {
        _scratch.Clear();
        FilmGenres.AddList(_scratch, ref facts);
        if (fault == Fault.BrokenGenres)
        {
            _scratch.Clear();
            _scratch.Add("[{'id': 18, 'name': 'Drama'}, {'id': 35, 'na"u8);
        }
        output.AddField(_scratch.Written);
    }

    // The domain .example is reserved, so that no generated page belongs to anybody.
    private static void AddHomepage(Utf8Buffer output, ref Rng facts)
    {
        output.Add("http://www."u8);
        output.AddLower(Vocabulary.Adjectives.Pick(ref facts));
        output.Add((byte)'-');
        output.AddLower(Vocabulary.Nouns.Pick(ref facts));
        output.Add(".example/"u8);
        if (facts.Chance(.5))
        {
            output.Add("film/"u8);
        }
    }

    private void AddOriginalTitle(Utf8Buffer output, int place, ref Rng text)
    {
        if (Places.IsEnglish(place) || text.Chance(.25))
        {
            output.AddField(_title.Written);
            return;
        }
        _scratch.Clear();
        NameForge.AddForeignTitle(_scratch, Places.Language(place), ref text);
        output.AddField(_scratch.Written);
    }

    private void AddOverview(Utf8Buffer output, Fault fault, ref Rng text)
    {
        if (fault is Fault.SplitAtCr or Fault.SplitAtLf)
        {
            StoryForge.AddBrokenOverview(output, fault == Fault.SplitAtCr ? (byte)'\r' : (byte)'\n', ref text);
            return;
        }
        _scratch.Clear();
        if (!text.Chance(.021))
        {
            StoryForge.AddOverview(_scratch, ref text);
        }

        output.AddField(_scratch.Written);
    }

    private static void AddPopularity(Utf8Buffer output, long millionths, Fault fault)
    {
        if (fault == Fault.WordInPopularity)
        {
            output.Add("Mind the Geese"u8);
        }
        else
        {
            Decimals.Add(output, millionths);
        }
    }

    private void AddCompanies(Utf8Buffer output, int film)
    {
        _scratch.Clear();
        _scratch.Add((byte)'[');
        int count = _companies.Draw(film, _drawn);
        for (int i = 0; i < count; i++)
        {
            _scratch.Add(i == 0 ? "{'name': "u8 : ", {'name': "u8);
            _companies.AddLiteral(_scratch, _drawn[i]);
            _scratch.Add(", 'id': "u8);
            _scratch.Add(_companies.Id(_drawn[i], film));
            _scratch.Add((byte)'}');
        }
        _scratch.Add((byte)']');
        output.AddField(_scratch.Written);
    }

    private void AddTagline(Utf8Buffer output, ref Rng text)
    {
        if (!text.Chance(.45))
        {
            return;
        }

        _scratch.Clear();
        StoryForge.AddTagline(_scratch, ref text);
        output.AddField(_scratch.Written);
    }

    private static void Comma(Utf8Buffer output) => output.Add((byte)',');
}
