using System.Text;
using CsCheck;

namespace CineLedger.Tests.Records;

/// <summary>Random values of a <see cref="LiteralTree"/>.</summary>
internal static class LiteralGen
{
    /// <summary>Random text with the characters that are hard to handle in literals: quotes, backslashes, control characters, and UTF-8 sequences of every length.</summary>
    public static readonly Gen<string> Text = Gen.Frequency(
        (6, Gen.Char["abcXYZ ,:[]{}0"].Select(c => new Rune(c))),
        (4, Gen.Char["'\"\\\n\r\t\0\u0007"].Select(c => new Rune(c))),
        (2, Gen.Int[0x80, 0x2FF].Select(code => new Rune(code))),
        (1, Gen.Int[0x2000, 0xD7FF].Select(code => new Rune(code))),
        (1, Gen.Int[0xE000, 0x10FFFF].Select(code => new Rune(code)))).Array[0, 12].Select(runes => string.Concat(runes));

    public static readonly Gen<object?> Value = Gen.Recursive<object?>((depth, value) =>
    {
        var leaf = Gen.OneOf<object?>(
            Gen.Const((object?)null),
            Gen.Bool.Select(truth => (object?)truth),
            Gen.Long.Select(number => (object?)number),
            Gen.Double.Where(double.IsFinite).Select(number => (object?)number),
            Text.Select(text => (object?)text));
        return depth >= 4
            ? leaf
            : Gen.OneOf<object?>(
                leaf,
                value.Array[0, 4].Select(items => (object?)items),
                Gen.Select(Text, value, (key, item) => new KeyValuePair<string, object?>(key, item)).Array[0, 4]
                    .Select(pairs => (object?)pairs.DistinctBy(pair => pair.Key).ToArray()));
    });
}
