using System.Text;

namespace CineLedger.Cleaning;

/// <summary>Determines the notation of a column of lists from its values. Empty values, and values that cannot be lists of names, do not count.</summary>
/// <param name="isGenres">Whether the column is the one of genres, whose names are known.</param>
/// <param name="isSparse">Whether most values may be empty, so that a few values are sufficient.</param>
/// <param name="mayHaveCommas">Whether its names may contain commas, as those of companies do, but not those of countries and languages.</param>
internal sealed class ListNotationCounter(bool isGenres = false, bool isSparse = false, bool mayHaveCommas = true)
{
    /// <summary>The number of literals after which a column without anything else needs no more values.</summary>
    private const int EnoughLiterals = 200;

    /// <summary>The notations that known genres may reveal. On a tie, the first one applies.</summary>
    private static readonly ListNotation[] GenreNotations =
    [
        ListNotation.Pipes, ListNotation.Semicolons, ListNotation.SpacedSlashes, ListNotation.Slashes, ListNotation.Commas, ListNotation.Hyphens, ListNotation.Spaces,
    ];

    /// <summary>The separators that are hardly ever part of a name.</summary>
    private static readonly ListNotation[] ClearNotations = [ListNotation.Pipes, ListNotation.Semicolons, ListNotation.SpacedSlashes];

    private readonly List<string> _names = [];
    private readonly int[] _genres = new int[GenreNotations.Length];
    private int _literals;
    private int _ids;
    private int _spacedCommas;
    private int _commas;

    /// <summary>True if enough values are literals, and none is anything else, for the notation to be certain.</summary>
    public bool IsClear => (isSparse || _literals >= EnoughLiterals) && _names.Count == 0 && _ids == 0;

    /// <summary>The notation of the values so far: literals unless most values are names. A column without values is one of literals.</summary>
    public ListNotation Notation => GetNotation(ListNotation.Literal);

    public void Add(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.SequenceEqual("[]"u8))
        {
            return;
        }

        if (NameListParser.IsLiteral(text))
        {
            _literals++;
            return;
        }

        var names = Encoding.UTF8.GetString(text);
        if (isGenres && GenreNames.ParseIds(names) is { } ids)
        {
            _ids += ids.TrueForAll(id => GenreNames.Find(id) is not null) ? 1 : 0;
            return;
        }

        if (!NameListParser.CanBeNames(names))
        {
            return;
        }

        _names.Add(names);
        var (spaced, bare) = NameListParser.CountCommas(names);
        _spacedCommas += spaced > 0 && spaced >= bare ? 1 : 0;
        _commas += bare > spaced ? 1 : 0;
        for (var i = 0; isGenres && i < GenreNotations.Length; i++)
        {
            _genres[i] += CountGenres(names, GenreNotations[i]);
        }
    }

    /// <summary>Returns how the column writes its lists.</summary>
    /// <param name="preferred">The notation of the genres of the same file, which the column shares if its values have that separator.</param>
    public ListForm GetForm(ListNotation preferred)
    {
        var notation = GetNotation(preferred);
        if (isGenres || !(notation == ListNotation.Hyphens || (mayHaveCommas && notation is (ListNotation.Commas or ListNotation.SpacedCommas))))
        {
            return new(notation);
        }

        var evidence = new NameEvidence();
        foreach (var names in _names)
        {
            evidence.Add(NameListParser.SplitPlainly(names, notation));
        }

        return new(notation, evidence);
    }

    private ListNotation GetNotation(ListNotation preferred)
    {
        if (_literals >= _names.Count + _ids)
        {
            return ListNotation.Literal;
        }

        if (_ids > _names.Count)
        {
            return ListNotation.Ids;
        }

        var commas = _commas > _spacedCommas ? ListNotation.Commas : ListNotation.SpacedCommas;
        var most = _genres.Max();
        if (most > 0)
        {
            return GenreNotations[Array.IndexOf(_genres, most)] is var found && found == ListNotation.Commas ? commas : found;
        }

        var total = _commas + _spacedCommas;
        if (preferred is ListNotation.Slashes or ListNotation.Hyphens or ListNotation.Semicolons or ListNotation.SpacedSlashes or ListNotation.Pipes
            && Count(preferred) is > 0 and var same && same >= total)
        {
            return preferred;
        }

        var clear = ClearNotations.MaxBy(Count);
        return Count(clear) is > 0 and var times && times >= total ? clear : total > 0 ? commas : ListNotation.SingleName;
    }

    private int Count(ListNotation notation) => _names.Count(names => NameListParser.HasSeparator(names, notation));

    /// <summary>Returns the number of genres in a text if it is several genres in the given notation; otherwise 0.</summary>
    private static int CountGenres(string text, ListNotation notation)
    {
        var isComplete = true;
        var names = notation switch
        {
            ListNotation.Hyphens => GenreNames.SplitJoined(text, '-', out isComplete),
            ListNotation.Spaces => GenreNames.SplitJoined(text, ' ', out isComplete),
            _ => NameListParser.SplitPlainly(text, notation),
        };
        return names.Count > 1 && isComplete ? names.Count(GenreNames.IsKnown) : 0;
    }
}
