namespace CineLedger.Samples;

/// <summary>movies_metadata.csv: 24 columns and one record per movie, plus the repeated and broken records of the plan.</summary>
internal sealed class MovieRowSource(SampleOptions options, MovieIds ids, QuirkPlan plan) : RowSource
{
    private static readonly WordList Statuses = new("Rumored|Post Production|In Production|Planned|Canceled||Rumored|Post Production");
    private readonly CompanyGenerator _companies = new(options);
    private readonly CollectionGenerator _collections = new(options);
    private readonly Utf8Buffer _scratch = new();
    private readonly Utf8Buffer _title = new();
    private readonly int[] _drawn = new int[16];
    private int _movie;

    public override ReadOnlySpan<byte> Header =>
        ("adult,belongs_to_collection,budget,genres,homepage,id,imdb_id,original_language,original_title,overview,"u8 +
        "popularity,poster_path,production_companies,production_countries,release_date,revenue,runtime,spoken_languages,"u8 +
        "status,tagline,title,video,vote_average,vote_count\n"u8);

    public override bool TryWriteNext(Utf8Buffer output)
    {
        if (_movie >= options.Movies)
        {
            return false;
        }

        Write(output, _movie, plan.GetFault(_movie), conflict: null);
        if (plan.TryGetRepeat(_movie, out var repeat))
        {
            Write(output, repeat.Movie, RecordFault.None, repeat.Exact ? null : _movie);
        }

        _movie++;
        return true;
    }

    private void Write(Utf8Buffer output, int movie, RecordFault fault, int? conflict)
    {
        var details = Rng.Create(options.Seed, Rng.RngStream.Movie, movie);
        var text = Rng.Create(options.Seed, Rng.RngStream.Text, movie);
        var numbers = MovieNumbers.Draw(options.Quirks.HasFlag(SampleQuirks.OddAmounts), ref details);
        if (conflict is { } kind)
        {
            numbers = numbers.AsRecrawled(kind);
        }

        int place = Locales.Draw(ref details);
        _title.Clear();
        StoryGenerator.AddTitle(_title, ref text);

        output.Add(fault == RecordFault.WordInAdult ? "Beware of the Geese"u8 : details.NextBool(.0002) ? "True"u8 : "False"u8);
        AddComma(output);
        if (details.NextBool(.099))
        {
            AddCollection(output, details.NextBelow(_collections.Count));
        }

        AddComma(output);
        AddBudget(output, numbers.Budget, fault);
        AddComma(output);
        AddGenres(output, fault, ref details);
        AddComma(output);
        if (details.NextBool(.17))
        {
            AddHomepage(output, ref details);
        }

        AddComma(output);
        output.Add(ids.GetTmdb(movie));
        output.Add(",tt"u8);
        output.AddPadded(ids.GetImdb(movie), 7);
        AddComma(output);
        output.Add(Locales.GetLanguage(place));
        AddComma(output);
        AddOriginalTitle(output, place, ref text);
        AddComma(output);
        AddOverview(output, fault, ref text);
        AddComma(output);
        AddPopularity(output, numbers.Popularity, fault);
        AddComma(output);
        if (!details.NextBool(.0085))
        {
            PosterPathGenerator.Add(output, ref details);
        }

        AddComma(output);
        AddCompanies(output, movie);
        AddComma(output);
        _scratch.Clear();
        Locales.AddCountries(_scratch, place, ref details);
        output.AddField(_scratch.Written);
        AddComma(output);
        if (fault == RecordFault.WordInDate)
        {
            output.Add("Unreleased"u8);
        }
        else if (!details.NextBool(.0019))
        {
            output.AddDate(ReleaseDateGenerator.Draw(ref details));
        }

        AddComma(output);
        output.Add(fault == RecordFault.NegativeRevenue ? -Math.Max(numbers.Revenue, 12_000_000) : numbers.Revenue);
        AddComma(output);
        if (numbers.Runtime is { } minutes)
        {
            output.Add(minutes);
            output.Add(".0"u8);
        }
        AddComma(output);
        _scratch.Clear();
        Locales.AddLanguages(_scratch, place, ref details);
        output.AddField(_scratch.Written);
        AddComma(output);
        output.Add(details.NextBool(.009) ? Statuses.Pick(ref details) : "Released"u8);
        AddComma(output);
        AddTagline(output, ref text);
        AddComma(output);
        output.AddField(_title.Written);
        output.Add(details.NextBool(.002) ? ",True,"u8 : ",False,"u8);
        output.Add(numbers.Average / 10);
        output.Add((byte)'.');
        output.Add(numbers.Average % 10);
        AddComma(output);
        output.Add(numbers.Votes);
        output.Add((byte)'\n');
    }

    private void AddCollection(Utf8Buffer output, int collection)
    {
        _scratch.Clear();
        _collections.Add(_scratch, collection);
        output.AddField(_scratch.Written);
    }

    private static void AddBudget(Utf8Buffer output, long budget, RecordFault fault)
    {
        if (fault == RecordFault.WordInBudget)
        {
            output.Add("GATORADE"u8);
        }
        else
        {
            output.Add(budget);
        }
    }

    private void AddGenres(Utf8Buffer output, RecordFault fault, ref Rng details)
    {
        _scratch.Clear();
        GenreGenerator.AddList(_scratch, ref details);
        if (fault == RecordFault.BrokenGenres)
        {
            _scratch.Clear();
            _scratch.Add("[{'id': 18, 'name': 'Drama'}, {'id': 35, 'na"u8);
        }
        output.AddField(_scratch.Written);
    }

    // The top-level domain .example is reserved, so generated addresses belong to no one.
    private static void AddHomepage(Utf8Buffer output, ref Rng details)
    {
        output.Add("http://www."u8);
        output.AddLower(Vocabulary.Adjectives.Pick(ref details));
        output.Add((byte)'-');
        output.AddLower(Vocabulary.Nouns.Pick(ref details));
        output.Add(".example/"u8);
        if (details.NextBool(.5))
        {
            output.Add("movie/"u8);
        }
    }

    private void AddOriginalTitle(Utf8Buffer output, int place, ref Rng text)
    {
        if (Locales.IsEnglish(place) || text.NextBool(.25))
        {
            output.AddField(_title.Written);
            return;
        }
        _scratch.Clear();
        NameGenerator.AddForeignTitle(_scratch, Locales.GetLanguage(place), ref text);
        output.AddField(_scratch.Written);
    }

    private void AddOverview(Utf8Buffer output, RecordFault fault, ref Rng text)
    {
        if (fault is RecordFault.SplitAtCr or RecordFault.SplitAtLf)
        {
            StoryGenerator.AddBrokenOverview(output, fault == RecordFault.SplitAtCr ? (byte)'\r' : (byte)'\n', ref text);
            return;
        }
        _scratch.Clear();
        if (!text.NextBool(.021))
        {
            StoryGenerator.AddOverview(_scratch, ref text);
        }

        output.AddField(_scratch.Written);
    }

    private static void AddPopularity(Utf8Buffer output, long millionths, RecordFault fault)
    {
        if (fault == RecordFault.WordInPopularity)
        {
            output.Add("Mind the Geese"u8);
        }
        else
        {
            PythonFloat.Add(output, millionths);
        }
    }

    private void AddCompanies(Utf8Buffer output, int movie)
    {
        _scratch.Clear();
        _scratch.Add((byte)'[');
        int count = _companies.Draw(movie, _drawn);
        for (int i = 0; i < count; i++)
        {
            _scratch.Add(i == 0 ? "{'name': "u8 : ", {'name': "u8);
            _companies.AddLiteral(_scratch, _drawn[i]);
            _scratch.Add(", 'id': "u8);
            _scratch.Add(_companies.GetId(_drawn[i], movie));
            _scratch.Add((byte)'}');
        }
        _scratch.Add((byte)']');
        output.AddField(_scratch.Written);
    }

    private void AddTagline(Utf8Buffer output, ref Rng text)
    {
        if (!text.NextBool(.45))
        {
            return;
        }

        _scratch.Clear();
        StoryGenerator.AddTagline(_scratch, ref text);
        output.AddField(_scratch.Written);
    }

    private static void AddComma(Utf8Buffer output) => output.Add((byte)',');
}
