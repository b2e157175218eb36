using System.Text;
using CineLedger.Records;

namespace CineLedger.Tests.Records;

public sealed class LiteralReaderTests
{
    [Theory]
    [InlineData("None", "null")]
    [InlineData("null", "null")]
    [InlineData("True", "true")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("false", "false")]
    [InlineData("0", "0")]
    [InlineData("-42", "-42")]
    [InlineData("+7", "7")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("[1, 2, 3]", "[1,2,3]")]
    [InlineData("[1, 2, ]", "[1,2]")]
    [InlineData("{'a': 1,}", "{\"a\":1}")]
    [InlineData("[[], [{}], {'a': {'b': [None]}}]", "[[],[{}],{\"a\":{\"b\":[null]}}]")]
    [InlineData(" \t\r\n[ 1 ,\n2 ]\n ", "[1,2]")]
    [InlineData("[{'id': 18, 'name': 'Drama'}]", "[{\"id\":18,\"name\":\"Drama\"}]")]
    public void Values_of_Python_and_JSON_are_read(string text, string expected) =>
        Assert.Equal(expected, LiteralTree.Show(LiteralTree.Value(text)));

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("-.5", -0.5)]
    [InlineData("3.", 3.0)]
    [InlineData("1e3", 1000.0)]
    [InlineData("2.5E-3", 0.0025)]
    [InlineData("1E+2", 100.0)]
    public void Floats_are_read_in_every_notation(string text, double expected) => Assert.Equal(expected, LiteralTree.Value(text));

    [Theory]
    [InlineData("'Drama'", "Drama")]
    [InlineData("\"Drama\"", "Drama")]
    [InlineData("\"D'Artagnan Productions\"", "D'Artagnan Productions")]
    [InlineData("'The \"Best\"'", "The \"Best\"")]
    [InlineData("''", "")]
    [InlineData("'Français 日本語 🎬'", "Français 日本語 🎬")]
    [InlineData(@"'it\'s \""it\""'", "it's \"it\"")]
    [InlineData(@"'a\\b'", @"a\b")]
    [InlineData(@"'\\'", @"\")]
    [InlineData(@"'a\nb\tc\rd'", "a\nb\tc\rd")]
    [InlineData(@"'\a\b\f\v\/'", "\a\b\f\v/")]
    [InlineData(@"'\x9a\xe9'", "\u009aé")]
    [InlineData(@"'\u00e9\u65e5'", "é日")]
    [InlineData(@"'\U0001F3AC'", "🎬")]
    [InlineData(@"'\ud83c\udfac'", "🎬")]
    [InlineData(@"'\0\12\101'", "\0\nA")]
    [InlineData("'one \\\nline'", "one line")]
    [InlineData(@"'x\u00e9\x41🎬\\'", "xéA🎬\\")]
    public void Strings_in_either_quotes_have_their_escapes_resolved(string text, string expected) => Assert.Equal(expected, LiteralTree.Value(text));

    [Theory]
    [InlineData("", "unexpected end of text", 1)]
    [InlineData("  ", "unexpected end of text", 3)]
    [InlineData("[1, 2", "unexpected end of text", 6)]
    [InlineData("{'a'", "unexpected end of text", 5)]
    [InlineData("{'a':", "unexpected end of text", 6)]
    [InlineData("['abc", "a string is not closed", 6)]
    [InlineData(@"['abc\'", "a string is not closed", 8)]
    [InlineData("GATORADE", "not a value", 1)]
    [InlineData("[Nonesuch]", "not a value", 2)]
    [InlineData("[-]", "not a value", 2)]
    [InlineData("[,]", "not a value", 2)]
    [InlineData("[1e+]", "the exponent has no digits", 5)]
    [InlineData("[1 2]", "expected ',' or ']'", 4)]
    [InlineData("[1}", "expected ',' or ']'", 3)]
    [InlineData("{'a': 1]", "expected ',' or '}'", 8)]
    [InlineData("{'a' 1}", "expected ':'", 6)]
    [InlineData("{1: 2}", "expected a quoted key", 2)]
    [InlineData("[] []", "unexpected text after the value", 4)]
    [InlineData("[]x", "unexpected text after the value", 3)]
    [InlineData(@"['\q']", "invalid escape", 3)]
    [InlineData(@"['\x9']", "invalid escape", 3)]
    [InlineData(@"['\ud83c']", "invalid escape", 3)]
    [InlineData(@"['\udfac']", "invalid escape", 3)]
    [InlineData(@"['\U00110000']", "invalid escape", 3)]
    public void An_invalid_literal_reports_the_problem_and_the_character(string text, string problem, int character) =>
        Assert.Equal((problem, character), LiteralTree.Problem(text));

    [Theory]
    [InlineData("['日本語' x]", 8)]
    [InlineData("['🎬🎬' x]", 7)]
    [InlineData("['é', 'ü', GATORADE]", 12)]
    public void Positions_count_characters_and_not_bytes(string text, int character) =>
        Assert.Equal(character, LiteralTree.Problem(text).Character);

    [Fact]
    public void Nesting_is_read_to_its_limit_and_refused_beyond()
    {
        const int max = LiteralReader.MaxDepth;
        LiteralTree.Value(new string('[', max) + new string(']', max));
        Assert.Equal(("nested too deeply", max + 1), LiteralTree.Problem(new string('[', max + 1) + new string(']', max + 1)));
    }

    [Fact]
    public void Skip_consumes_exactly_one_value()
    {
        var reader = new LiteralReader("{'a': [1, {'b': [2]}], 'c': 3}"u8);
        Assert.True(reader.Read() && reader.Read() && reader.Read());
        Assert.Equal(LiteralToken.ListStart, reader.Token);
        Assert.True(reader.Skip() && reader.Read());
        Assert.Equal((LiteralToken.Key, "c"), (reader.Token, reader.GetString()));
    }

    [Theory]
    [InlineData(@"['a', 'b\q']", "invalid escape", 9)]
    [InlineData("{'a': 'b", "a string is not closed", 9)]
    public void The_reader_stops_at_the_first_problem(string text, string problem, int character)
    {
        var reader = new LiteralReader(Encoding.UTF8.GetBytes(text));
        while (reader.Read()) { }
        Assert.False(reader.Read());
        Assert.Equal((LiteralToken.Error, problem, character), (reader.Token, reader.Problem, reader.Character));
    }
}
