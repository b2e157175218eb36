namespace CineLedger.Samples;

/// <summary>
/// Production companies: a few large studios with half of the productions, a few thousand medium ones, and many founded for a single movie.
/// A company is a number; its id and name are computed from it, so nothing is stored.
/// </summary>
internal sealed class CompanyGenerator
{
    private static readonly WeightedChoice CountWeights = new([.26, .287, .232, .135, .045, .0165, .0105, .005, .004, .003, .002]);
    private static readonly int NameCombinations = Vocabulary.Adjectives.Count * Vocabulary.Nouns.Count * Vocabulary.Suffixes.Count;
    private readonly SampleOptions _options;
    private readonly int _mediumCount;
    private readonly long _count;
    private readonly WeightedChoice _studios;
    private readonly Shuffle _names;
    private readonly Utf8Buffer _name = new();

    public CompanyGenerator(SampleOptions options)
    {
        _options = options;
        int studios = Math.Clamp(options.Movies / 15, 10, 4000);
        _studios = new WeightedChoice(Enumerable.Range(0, studios).Select(rank => 1.0 / (rank + 3)));
        _mediumCount = Math.Max(options.Movies / 8, 10);
        _count = studios + _mediumCount + options.Movies;
        _names = new Shuffle(NameCombinations, Rng.Hash(options.Seed, Rng.RngStream.CompanyName, -1));
    }

    /// <summary>Draws the companies of a movie, all different, and returns their number.</summary>
    public int Draw(int movie, Span<int> companies)
    {
        var rng = Rng.Create(_options.Seed, Rng.RngStream.Companies, movie);
        int target = CountWeights.Draw(ref rng), count = 0;
        while (count < target)
        {
            double kind = rng.NextDouble();
            int company = kind < .5 ? _studios.Draw(ref rng)
                : kind < .76 ? _studios.Count + rng.NextBelow(_mediumCount)
                : _studios.Count + _mediumCount + movie;
            if (!companies[..count].Contains(company))
            {
                companies[count++] = company;
            }
        }
        return count;
    }

    /// <summary>Returns the id of a company. As at TMDB, old and large companies have low ids.</summary>
    public long GetId(int company, int movie)
    {
        long id = 1 + (company * 2L) + (long)(GetHash(company) & 1);
        // Every 25th company has two ids; some movies use one, some the other.
        bool other = HasUntidyNames && GetHash(company) / 2 % 25 == 0 && Rng.Hash(_options.Seed, Rng.RngStream.Recrawl, movie) % 4 == 0;
        return other ? 1 + (_count * 2) + company : id;
    }

    /// <summary>Appends the name as a Python literal.</summary>
    public void AddLiteral(Utf8Buffer buffer, int company)
    {
        _name.Clear();
        AddName(_name, company);
        buffer.AddLiteral(_name.Written);
    }

    /// <summary>Returns the name without the white space around it.</summary>
    public string GetName(int company)
    {
        _name.Clear();
        AddName(_name, company);
        return System.Text.Encoding.UTF8.GetString(_name.Written).Trim();
    }

    private void AddName(Utf8Buffer buffer, int company)
    {
        ulong variant = GetHash(company) / 64 % 1000;
        buffer.Add(variant switch { 0 when HasUntidyNames => "  "u8, 1 when HasUntidyNames => " "u8, 20 => "Студия "u8, 21 => "映画社 "u8, 22 => "Les Éditions "u8, _ => default });
        AddBaseName(buffer, company, variant);
        if (variant is 2 or 3 && HasUntidyNames)
        {
            buffer.Add((byte)' ');
        }
    }

    // The base name differs for every company, and what the variant adds can be told apart from it, so names stay distinct.
    private void AddBaseName(Utf8Buffer buffer, int company, ulong variant)
    {
        int number = (int)(company < NameCombinations ? _names[company] : _names[company % NameCombinations]);
        var suffix = Vocabulary.Suffixes[number % Vocabulary.Suffixes.Count];
        number /= Vocabulary.Suffixes.Count;
        var noun = Vocabulary.Nouns[number % Vocabulary.Nouns.Count];
        var adjective = Vocabulary.Adjectives[number / Vocabulary.Nouns.Count];
        if (variant is >= 4 and < 8)
        {
            buffer.Add((byte)'"');
        }

        if (variant is >= 8 and < 28)
        {
            buffer.Add(variant < 18 ? "D'"u8 : "O'"u8);
            NameGenerator.AddSurname(buffer, (int)(GetHash(company) % (ulong)NameGenerator.Surnames));
            buffer.Add((byte)' ');
        }
        buffer.Add(adjective);
        buffer.Add(variant switch { 28 or 29 => "\u00a0"u8, 30 => "\\"u8, 31 => "\u009a "u8, _ => " "u8 });
        buffer.Add(noun);
        if (variant is >= 32 and < 50)
        {
            buffer.Add("'s"u8);
        }

        if (variant is 4 or 5 or 6)
        {
            buffer.Add((byte)'"');
        }
        else if (variant is 7)
        {
            buffer.Add("'s\""u8);
        }

        if (company >= NameCombinations)
        {
            buffer.Add((byte)' ');
            NameGenerator.AddSurname(buffer, (company / NameCombinations) - 1);
        }
        buffer.Add((byte)' ');
        buffer.Add(suffix);
    }

    private bool HasUntidyNames => _options.Quirks.HasFlag(SampleQuirks.UntidyNames);

    private ulong GetHash(int company) => Rng.Hash(_options.Seed, Rng.RngStream.CompanyName, company);
}
