using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CineLedger.Records;
using CsCheck;

namespace CineLedger.Tests.Records;

public sealed class LiteralPropertyTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void Whatever_Pythons_repr_writes_reads_back_as_the_same_value() =>
        LiteralGen.Value.Sample(
            value => Assert.Equal(LiteralTree.Show(value), LiteralTree.Show(LiteralTree.Value(PythonText.Repr(value)))), iter: 3_000);

    [Fact]
    public void Any_JSON_value_round_trips() =>
        Gen.Select(LiteralGen.Value, Gen.OneOf(JsonSerializerOptions.Default, Relaxed, Indented)).Sample(
            (value, options) =>
            {
                var json = ToJson(value)?.ToJsonString(options) ?? "null";
                Assert.Equal(LiteralTree.Show(value), LiteralTree.Show(LiteralTree.Value(json)));
            },
            iter: 3_000);

    [Fact]
    public void Any_bytes_are_a_value_or_a_problem_with_its_position() =>
        Gen.Frequency((3, Gen.Byte), (5, Gen.Char["[]{}'\",:\\nxuU0123456789abceE+-. NoneTruFls"].Select(c => (byte)c))).Array[0, 60]
            .Sample(Examine, iter: 20_000);

    [Fact]
    public void A_literal_with_a_few_bytes_changed_is_a_value_or_a_problem_with_its_position() =>
        Gen.Select(LiteralGen.Value, Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[0, 2]).Array[1, 3]).Sample(
            (value, changes) =>
            {
                List<byte> text = [.. Encoding.UTF8.GetBytes(PythonText.Repr(value))];
                foreach (var (place, b, how) in changes)
                {
                    var at = place % (text.Count + 1);
                    if (how == 0 || at == text.Count)
                    {
                        text.Insert(at, b);
                    }
                    else if (how == 1)
                    {
                        text.RemoveAt(at);
                    }
                    else
                    {
                        text[at] = b;
                    }
                }

                Examine([.. text]);
            },
            iter: 10_000);

    [Fact]
    public void A_truncated_literal_is_reported_at_its_end_or_at_the_truncated_escape() =>
        Gen.Select(LiteralGen.Text, Gen.Int[1, 1_000]).Sample(
            (text, cut) =>
            {
                var repr = Encoding.UTF8.GetBytes($"[{PythonText.Repr(text)}]");
                var (_, problem, character) = LiteralTree.Read(repr[..^(1 + (cut % (repr.Length - 1)))]);
                Assert.Contains(problem, (string[])["unexpected end of text", "a string is not closed", "invalid escape"]);
                Assert.True(problem == "invalid escape" || character >= 2);
            },
            iter: 3_000);

    /// <summary>Reads all tokens. More tokens than bytes mean that the reader never stops.</summary>
    private static void Examine(byte[] text)
    {
        var reader = new LiteralReader(text);
        var tokens = 0;
        while (reader.Read())
        {
            Assert.True(++tokens <= text.Length, "more tokens than bytes");
            if (reader.Token is LiteralToken.String or LiteralToken.Key)
            {
                _ = reader.GetString();
            }

            Assert.InRange(reader.Depth, 0, LiteralReader.MaxDepth);
        }

        Assert.True(reader.Token is LiteralToken.End or LiteralToken.Error);
        Assert.InRange(reader.BytePosition, 0, text.Length);
        Assert.InRange(reader.Character, 1, text.Length + 1);
        Assert.Equal(reader.Token == LiteralToken.Error, reader.Problem is not null);
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        bool truth => JsonValue.Create(truth),
        long number => JsonValue.Create(number),
        // JSON has only one number type; the decimal point makes the parser read a float.
        double number => JsonNode.Parse(PythonText.Repr(number)),
        string text => JsonValue.Create(text),
        object?[] list => new JsonArray([.. list.Select(ToJson)]),
        KeyValuePair<string, object?>[] dict => new JsonObject(dict.Select(pair => KeyValuePair.Create(pair.Key, ToJson(pair.Value)))),
        _ => throw new ArgumentException(value.GetType().Name, nameof(value)),
    };
}
