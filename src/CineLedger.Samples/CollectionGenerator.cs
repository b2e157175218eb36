namespace CineLedger.Samples;

/// <summary>Collections (series of movies). As in the real dataset, there is one for every 27 movies, and a tenth of the movies belong to one.</summary>
internal sealed class CollectionGenerator(SampleOptions options)
{
    private readonly Utf8Buffer _name = new();

    public int Count { get; } = Math.Max(1, options.Movies / 27);

    public void Add(Utf8Buffer buffer, int number)
    {
        var rng = Rng.Create(options.Seed, Rng.RngStream.Collection, number);
        _name.Clear();
        StoryGenerator.AddTitle(_name, ref rng);
        _name.Add(" Collection"u8);
        buffer.Add("{'id': "u8);
        buffer.Add(250L + (number * 7L) + rng.NextBelow(7));
        buffer.Add(", 'name': "u8);
        buffer.AddLiteral(_name.Written);
        buffer.Add(", 'poster_path': "u8);
        PosterPathGenerator.AddLiteral(buffer, .15, ref rng);
        buffer.Add(", 'backdrop_path': "u8);
        PosterPathGenerator.AddLiteral(buffer, .3, ref rng);
        buffer.Add((byte)'}');
    }
}
