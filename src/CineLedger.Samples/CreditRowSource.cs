namespace CineLedger.Samples;

/// <summary>credits.csv: cast and crew as Python lists of dicts, about five and three people per movie (the real file has
/// three times as many).</summary>
internal sealed class CreditRowSource(SampleOptions options, MovieIds ids) : RowSource
{
    private static readonly WeightedChoice CastSize = new([.05, .03, .05, .1, .15, .2, .18, .12, .07, .03, .02]);
    private static readonly WeightedChoice CrewSize = new([.02, .2, .25, .2, .13, .1, .06, .04]);
    private static readonly WordList Jobs = new(
        "'Directing', 'gender': 2, 'id': |'Writing', 'gender': 0, 'id': |'Production', 'gender': 1, 'id': |" +
        "'Camera', 'gender': 2, 'id': |'Sound', 'gender': 2, 'id': |'Editing', 'gender': 1, 'id': |" +
        "'Art', 'gender': 0, 'id': |'Costume & Make-Up', 'gender': 1, 'id': ");
    private static readonly WordList JobNames = new(
        "Director|Screenplay|Producer|Director of Photography|Original Music Composer|Editor|Production Design|Costume Design");
    private readonly Utf8Buffer _scratch = new();
    private readonly Utf8Buffer _name = new();
    private readonly int _people = (int)Math.Min(options.Movies * 4L, int.MaxValue);
    private int _movie;

    public override ReadOnlySpan<byte> Header => "cast,crew,id\n"u8;

    public override bool TryWriteNext(Utf8Buffer output)
    {
        if (_movie >= options.Movies)
        {
            return false;
        }

        var rng = Rng.Create(options.Seed, Rng.RngStream.Credits, _movie);
        AddCast(output, ref rng);
        output.Add((byte)',');
        AddCrew(output, ref rng);
        output.Add((byte)',');
        output.Add(ids.GetTmdb(_movie));
        output.Add((byte)'\n');
        _movie++;
        return true;
    }

    private void AddCast(Utf8Buffer output, ref Rng rng)
    {
        int count = CastSize.Draw(ref rng);
        _scratch.Clear();
        _scratch.Add((byte)'[');
        for (int order = 0; order < count; order++)
        {
            _scratch.Add(order == 0 ? "{'cast_id': "u8 : ", {'cast_id': "u8);
            _scratch.Add(order + 1);
            _scratch.Add(", 'character': "u8);
            _name.Clear();
            NameGenerator.AddPerson(_name, ref rng);
            if (rng.NextBelow(25) == 0)
            {
                _name.Add(" (voice)"u8);
            }

            _scratch.AddLiteral(_name.Written);
            AddCreditId(", 'credit_id': '"u8, ref rng);
            _scratch.Add(", 'gender': "u8);
            _scratch.Add(rng.NextBelow(3));
            _scratch.Add(", 'id': "u8);
            AddPerson(ref rng);
            _scratch.Add(", 'order': "u8);
            _scratch.Add(order);
            AddProfilePath(ref rng);
        }
        _scratch.Add((byte)']');
        output.AddField(_scratch.Written);
    }

    private void AddCrew(Utf8Buffer output, ref Rng rng)
    {
        int count = CrewSize.Draw(ref rng);
        _scratch.Clear();
        _scratch.Add((byte)'[');
        for (int job = 0; job < count; job++)
        {
            AddCreditId(job == 0 ? "{'credit_id': '"u8 : ", {'credit_id': '"u8, ref rng);
            _scratch.Add(", 'department': "u8);
            _scratch.Add(Jobs[job]);
            long person = DrawPerson(ref rng);
            _scratch.Add(GetPersonId(person));
            _scratch.Add(", 'job': '"u8);
            _scratch.Add(JobNames[job]);
            _scratch.Add("', 'name': "u8);
            AddName(person);
            AddProfilePath(ref rng);
        }
        _scratch.Add((byte)']');
        output.AddField(_scratch.Written);
    }

    private void AddPerson(ref Rng rng)
    {
        long person = DrawPerson(ref rng);
        _scratch.Add(GetPersonId(person));
        _scratch.Add(", 'name': "u8);
        AddName(person);
    }

    // One person in twenty gets half of the credits.
    private long DrawPerson(ref Rng rng) => rng.NextBelow(2) == 0 ? rng.NextBelow((_people / 20) + 1) : rng.NextBelow(_people);

    private static long GetPersonId(long person) => 3 + (person * 7);

    private void AddName(long person)
    {
        var rng = Rng.Create(options.Seed, Rng.RngStream.Person, person);
        _name.Clear();
        NameGenerator.AddPerson(_name, ref rng);
        _scratch.AddLiteral(_name.Written);
    }

    private void AddCreditId(ReadOnlySpan<byte> before, ref Rng rng)
    {
        _scratch.Add(before);
        _scratch.Add("52fe"u8);
        ulong bits = rng.Next(), more = rng.Next();
        for (int i = 0; i < 20; i++)
        {
            _scratch.Add("0123456789abcdef"u8[(int)(((i < 16 ? bits : more) >> (i % 16 * 4)) & 15)]);
        }

        _scratch.Add((byte)'\'');
    }

    private void AddProfilePath(ref Rng rng)
    {
        _scratch.Add(", 'profile_path': "u8);
        PosterPathGenerator.AddLiteral(_scratch, .6, ref rng);
        _scratch.Add((byte)'}');
    }
}
