using System.Text;

namespace CineLedger.Cleaning;

/// <summary>Determines the notation of a column of lists from its values. Empty values, and values that cannot be lists of names, do not count.</summary>
internal sealed class ListNotationCounter
{
    /// <summary>The number of literals after which a column without anything else needs no more values.</summary>
    private const int EnoughLiterals = 200;

    private int _literals;
    private int _names;
    private int _pipes;
    private int _spacedCommas;
    private int _commas;

    /// <summary>True if enough values are literals, and none is anything else, for the notation to be certain.</summary>
    public bool IsClear => _literals >= EnoughLiterals && _names == 0;

    /// <summary>The notation of the values so far: literals unless most values are names. A column without values is one of literals.</summary>
    public ListNotation Notation =>
        _literals >= _names ? ListNotation.Literal
        : _pipes > 0 && _pipes >= _spacedCommas + _commas ? ListNotation.Pipes
        : _commas > _spacedCommas ? ListNotation.Commas
        : _spacedCommas > 0 ? ListNotation.SpacedCommas
        : ListNotation.SingleName;

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
        if (!NameListParser.CanBeNames(names))
        {
            return;
        }

        _names++;
        if (names.Contains('|', StringComparison.Ordinal))
        {
            _pipes++;
            return;
        }

        var (spaced, bare) = NameListParser.CountCommas(names);
        _spacedCommas += spaced > 0 && spaced >= bare ? 1 : 0;
        _commas += bare > spaced ? 1 : 0;
    }
}
