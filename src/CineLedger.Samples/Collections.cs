namespace CineLedger.Samples;

/// <summary>Series of films: as in the real dataset one for every 27 films, of which a tenth belong to one.</summary>
internal sealed class Collections(SampleOptions options)
{
    private readonly Utf8Buffer _name = new();

    public int Count { get; } = Math.Max(1, options.Movies / 27);

    public void Add(Utf8Buffer buffer, int number)
    {
        var rng = Rng.For(options.Seed, Rng.Stream.Collection, number);
        _name.Clear();
        StoryForge.AddTitle(_name, ref rng);
        _name.Add(" Collection"u8);
        buffer.Add("{'id': "u8);
        buffer.Add(250L + (number * 7L) + rng.Below(7));
        buffer.Add(", 'name': "u8);
        buffer.AddLiteral(_name.Written);
        buffer.Add(", 'poster_path': "u8);
        Posters.AddLiteral(buffer, .15, ref rng);
        buffer.Add(", 'backdrop_path': "u8);
        Posters.AddLiteral(buffer, .3, ref rng);
        buffer.Add((byte)'}');
    }
}
