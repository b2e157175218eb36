namespace CineLedger.Samples;

/// <summary>keywords.csv: a Python list of dicts for each movie; a third of the movies have no keywords.</summary>
internal sealed class KeywordRowSource(SampleOptions options, MovieIds ids) : RowSource
{
    private static readonly WeightedChoice CountWeights = new([.33, .13, .11, .1, .08, .07, .05, .04, .03, .02, .02, .02]);
    private readonly Utf8Buffer _scratch = new();
    private int _movie;

    public override ReadOnlySpan<byte> Header => "id,keywords\n"u8;

    public override bool TryWriteNext(Utf8Buffer output)
    {
        if (_movie >= options.Movies)
        {
            return false;
        }

        var rng = Rng.Create(options.Seed, Rng.RngStream.Keywords, _movie);
        _scratch.Clear();
        _scratch.Add((byte)'[');
        int count = CountWeights.Draw(ref rng);
        // Moves through the list in steps of one to four, so no keyword repeats.
        for (int i = 0, keyword = rng.NextBelow(Vocabulary.Keywords.Count); i < count; i++, keyword += 1 + rng.NextBelow(4))
        {
            int number = keyword % Vocabulary.Keywords.Count;
            _scratch.Add(i == 0 ? "{'id': "u8 : ", {'id': "u8);
            _scratch.Add(931 + (number * 37));
            _scratch.Add(", 'name': "u8);
            _scratch.AddLiteral(Vocabulary.Keywords[number]);
            _scratch.Add((byte)'}');
        }
        _scratch.Add((byte)']');
        output.Add(ids.GetTmdb(_movie));
        output.Add((byte)',');
        output.AddField(_scratch.Written);
        output.Add((byte)'\n');
        _movie++;
        return true;
    }
}
