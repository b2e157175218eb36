using System.Text;

namespace CineLedger.Records;

/// <summary>
/// Reads a Python or JSON literal token by token directly from UTF-8 text: lists, dicts, strings in either kind of quotes, numbers,
/// <c>None</c>/<c>True</c>/<c>False</c> and <c>null</c>/<c>true</c>/<c>false</c>. It allocates only the strings returned by <see cref="GetString"/>.
/// Reading invalid text ends with <see cref="LiteralToken.Error"/>, a <see cref="Problem"/> and its position.
/// Grammar: https://docs.python.org/3/reference/lexical_analysis.html#literals and RFC 8259.
/// </summary>
public ref struct LiteralReader(ReadOnlySpan<byte> text)
{
    /// <summary>The maximum nesting depth. The dataset needs two levels.</summary>
    public const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly bool _hasLineBreaks = text.IndexOfAny((byte)'\n', (byte)'\r') >= 0;
    private int _next;
    private int _depth;
    private ulong _dicts; // One bit per level, the lowest for the innermost: set in a dict.
    private ExpectedToken _expect = ExpectedToken.Value;

    private enum ExpectedToken : byte
    {
        Value,
        ValueOrEnd,
        KeyOrEnd,
        Colon,
        CommaOrEnd,
        End,
    }

    public LiteralToken Token { get; private set; }

    /// <summary>The text of a number, or of a string without its quotes but with its escapes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True if <see cref="Value"/> is a string with escapes.</summary>
    public bool HasEscapes { get; private set; }

    /// <summary>The error message if <see cref="Token"/> is <see cref="LiteralToken.Error"/>.</summary>
    public string? Problem { get; private set; }

    /// <summary>The offset at which the token starts, or the offset of the error.</summary>
    public int BytePosition { get; private set; }

    /// <summary><see cref="BytePosition"/> as a character number (Unicode code points, from 1).</summary>
    public readonly int Character => GetCharacter(BytePosition);

    /// <summary>Returns the number, from 1, of the character at a byte offset.</summary>
    public readonly int GetCharacter(int bytePosition)
    {
        var count = 1;
        foreach (var value in _text[..bytePosition])
        {
            count += (value & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    /// <summary>The number of open lists and dicts.</summary>
    public readonly int Depth => _depth;

    /// <summary>Advances to the next token. Returns false at the end of the text and at an error, after which every call returns false.</summary>
    public bool Read()
    {
        while (Token != LiteralToken.Error)
        {
            while (_next < _text.Length && _text[_next] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                _next++;
            }

            BytePosition = _next;
            if (_next == _text.Length)
            {
                return _expect == ExpectedToken.End ? Finish() : Fail(_next, "unexpected end of text");
            }

            var c = _text[_next];
            switch (_expect)
            {
                case ExpectedToken.Value:
                    return ReadValue(c);
                case ExpectedToken.ValueOrEnd:
                    return c == ']' ? Close(LiteralToken.ListEnd) : ReadValue(c);
                case ExpectedToken.KeyOrEnd:
                    return c == '}' ? Close(LiteralToken.DictEnd) : ReadKey(c);
                case ExpectedToken.Colon when c == ':':
                    _expect = ExpectedToken.Value;
                    _next++;
                    continue;
                case ExpectedToken.CommaOrEnd when c == ',':
                    _expect = IsInDict ? ExpectedToken.KeyOrEnd : ExpectedToken.ValueOrEnd;
                    _next++;
                    continue;
                case ExpectedToken.CommaOrEnd when c == (IsInDict ? '}' : ']'):
                    return Close(IsInDict ? LiteralToken.DictEnd : LiteralToken.ListEnd);
                case ExpectedToken.Colon:
                    return Fail(_next, "expected ':'");
                case ExpectedToken.CommaOrEnd:
                    return Fail(_next, IsInDict ? "expected ',' or '}'" : "expected ',' or ']'");
                default:
                    return Fail(_next, "unexpected text after the value");
            }
        }

        return false;
    }

    /// <summary>
    /// Advances to the next dict of a text that is a list of dicts. The previous dict must have been read to its end. Returns false at the end of the list,
    /// and also if the text is not such a list, in which case <paramref name="problem"/> describes the error and its position.
    /// </summary>
    public bool ReadDict(out string? problem) => ReadItem(dictsOnly: true, out problem);

    /// <summary>Advances to the next item of a text that is a list of any values, like <see cref="ReadDict"/>. The caller reads or skips the item.</summary>
    public bool ReadEntry(out string? problem) => ReadItem(dictsOnly: false, out problem);

    private bool ReadItem(bool dictsOnly, out string? problem)
    {
        problem = null;
        if (Token == LiteralToken.Start && (!Read() || Token != LiteralToken.ListStart))
        {
            problem = Problem is null ? "not a list" : Describe();
            return false;
        }

        if (Read() && Token != LiteralToken.ListEnd)
        {
            problem = Token == LiteralToken.DictStart || (!dictsOnly && Token != LiteralToken.Error) ? null : dictsOnly ? $"not a dict at character {Character}" : Describe();
            return problem is null;
        }

        // Nothing may follow the list.
        problem = !Read() && Token == LiteralToken.End ? null : Describe();
        return false;
    }

    private readonly string Describe() => $"{Problem ?? "not a list"} at character {Character}";

    /// <summary>Returns the string of a <see cref="LiteralToken.String"/> or <see cref="LiteralToken.Key"/> with its escapes resolved.</summary>
    public readonly string GetString() =>
        HasEscapes ? LiteralEscapes.Resolve(Value) : Encoding.UTF8.GetString(Value);

    /// <summary>Skips the value that starts at the current token, including nested values. Returns false at an error.</summary>
    public bool Skip()
    {
        if (Token is not (LiteralToken.ListStart or LiteralToken.DictStart))
        {
            return Token != LiteralToken.Error;
        }

        var depth = _depth;
        while (Read())
        {
            if (_depth < depth)
            {
                return true;
            }
        }

        return false;
    }

    private readonly bool IsInDict => (_dicts & 1) != 0;

    private bool ReadKey(byte c)
    {
        if (c is not ((byte)'\'' or (byte)'"'))
        {
            return Fail(_next, "expected a quoted key");
        }

        _expect = ExpectedToken.Colon;
        return ReadString(c, LiteralToken.Key);
    }

    private bool ReadValue(byte c)
    {
        switch (c)
        {
            case (byte)'[':
                return Open(LiteralToken.ListStart, dict: false, ExpectedToken.ValueOrEnd);
            case (byte)'{':
                return Open(LiteralToken.DictStart, dict: true, ExpectedToken.KeyOrEnd);
            case (byte)'\'' or (byte)'"':
                _expect = AfterValue;
                return ReadString(c, LiteralToken.String);
            case (byte)'-' or (byte)'+' or (byte)'.' or (>= (byte)'0' and <= (byte)'9'):
                return ReadNumber();
            default:
                return ReadWord("None"u8, LiteralToken.None) || ReadWord("True"u8, LiteralToken.True)
                    || ReadWord("False"u8, LiteralToken.False) || ReadWord("null"u8, LiteralToken.None)
                    || ReadWord("true"u8, LiteralToken.True) || ReadWord("false"u8, LiteralToken.False)
                    || Fail(_next, "not a value");
        }
    }

    private bool Open(LiteralToken token, bool dict, ExpectedToken expect)
    {
        if (_depth == MaxDepth)
        {
            return Fail(_next, "nested too deeply");
        }

        _depth++;
        _dicts = (_dicts << 1) | (dict ? 1UL : 0);
        _expect = expect;
        return SetToken(token, 1);
    }

    private bool Close(LiteralToken token)
    {
        _depth--;
        _dicts >>= 1;
        _expect = AfterValue;
        return SetToken(token, 1);
    }

    private readonly ExpectedToken AfterValue => _depth == 0 ? ExpectedToken.End : ExpectedToken.CommaOrEnd;

    private bool SetToken(LiteralToken token, int length)
    {
        Token = token;
        _next += length;
        return true;
    }

    private bool ReadWord(ReadOnlySpan<byte> word, LiteralToken token)
    {
        var rest = _text[_next..];
        if (!rest.StartsWith(word) || (rest.Length > word.Length && (char.IsAsciiLetterOrDigit((char)rest[word.Length]) || rest[word.Length] == '_')))
        {
            return false;
        }

        _expect = AfterValue;
        return SetToken(token, word.Length);
    }

    private bool ReadString(byte quote, LiteralToken token)
    {
        var start = _next + 1;
        var rest = _text[start..];
        var at = 0;
        HasEscapes = false;
        while (true)
        {
            var stop = rest[at..].IndexOfAny(quote, (byte)'\\');
            if (stop < 0)
            {
                return Fail(_text.Length, "a string is not closed");
            }

            if (_hasLineBreaks && rest.Slice(at, stop).IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var lineBreak)
            {
                // No program writes one here unescaped; the text was damaged, or belongs to two records.
                return Fail(start + at + lineBreak, "a line break inside a string");
            }

            at += stop;
            if (rest[at] == quote)
            {
                Value = rest[..at];
                return SetToken(token, at + 2);
            }

            HasEscapes = true;
            var length = LiteralEscapes.GetLength(rest[at..]);
            if (length == 0)
            {
                return Fail(start + at, "invalid escape");
            }

            at += length;
        }
    }

    private bool ReadNumber()
    {
        var rest = _text[_next..];
        var at = rest[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var whole = CountDigits(rest[at..]);
        at += whole;
        var isFloat = false;
        var fraction = 0;
        if (at < rest.Length && rest[at] == '.')
        {
            isFloat = true;
            fraction = CountDigits(rest[(at + 1)..]);
            at += 1 + fraction;
        }

        if (whole + fraction == 0)
        {
            return Fail(_next, "not a value");
        }

        if (at < rest.Length && rest[at] is (byte)'e' or (byte)'E')
        {
            isFloat = true;
            at++;
            at += at < rest.Length && rest[at] is (byte)'-' or (byte)'+' ? 1 : 0;
            var exponent = CountDigits(rest[at..]);
            if (exponent == 0)
            {
                return Fail(_next + at, "the exponent has no digits");
            }

            at += exponent;
        }

        Value = rest[..at];
        HasEscapes = false;
        _expect = AfterValue;
        return SetToken(isFloat ? LiteralToken.Float : LiteralToken.Integer, at);
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        var other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? text.Length : other;
    }

    private bool Finish()
    {
        Token = LiteralToken.End;
        return false;
    }

    private bool Fail(int position, string problem)
    {
        Token = LiteralToken.Error;
        BytePosition = position;
        Problem = problem;
        return false;
    }
}
