using System.Globalization;
using System.Text;

namespace CineLedger.Tests.RealData;

/// <summary>
/// A second reader of Python literals, so that expected results do not depend on the library's reader: a recursive descent parser over characters,
/// not optimized for speed. Lists are <c>List&lt;object?&gt;</c>, dicts <c>Dictionary&lt;string, object?&gt;</c>.
/// </summary>
internal sealed class PythonLiteral(string text)
{
    private int _at;

    public static object? Parse(string text)
    {
        var literal = new PythonLiteral(text);
        var value = literal.Value();
        literal.Space();
        return literal._at == text.Length ? value : throw new FormatException($"text after the value: {text}");
    }

    private object? Value()
    {
        Space();
        switch (text[_at])
        {
            case '[':
                var list = new List<object?>();
                Items(']', () => list.Add(Value()));
                return list;
            case '{':
                var dict = new Dictionary<string, object?>();
                Items('}', () =>
                {
                    Space();
                    var key = String();
                    Space();
                    Expect(':');
                    dict[key] = Value();
                });
                return dict;
            case '\'' or '"':
                return String();
            default:
                var start = _at;
                while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '-' or '.'))
                {
                    _at++;
                }

                var word = text[start.._at];
                return word == "None" ? null : long.Parse(word, CultureInfo.InvariantCulture);
        }
    }

    private void Items(char end, Action item)
    {
        _at++;
        for (Space(); text[_at] != end; Space())
        {
            item();
            Space();
            if (text[_at] != end)
            {
                Expect(',');
            }
        }

        _at++;
    }

    private string String()
    {
        var quote = text[_at++];
        var value = new StringBuilder();
        for (; text[_at] != quote; _at++)
        {
            if (text[_at] != '\\')
            {
                value.Append(text[_at]);
                continue;
            }

            _at++;
            var digits = text[_at] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            value.Append(digits > 0
                ? char.ConvertFromUtf32(int.Parse(text.AsSpan(_at + 1, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
                : text[_at] switch { 'n' => "\n", 't' => "\t", 'r' => "\r", var c => c.ToString() });
            _at += digits;
        }

        _at++;
        return value.ToString();
    }

    private void Space()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    private void Expect(char c)
    {
        if (text[_at++] != c)
        {
            throw new FormatException($"expected {c} at {_at} of {text}");
        }
    }
}
