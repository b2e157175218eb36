using System.Globalization;
using System.Text;
using CineLedger.Records;

namespace CineLedger.Tests.Records;

/// <summary>
/// A literal as plain values: null, bool, long, double, string, <c>object?[]</c> for a list and
/// <c>KeyValuePair&lt;string, object?&gt;[]</c> for a dict.
/// </summary>
internal static class LiteralTree
{
    /// <summary>Reads a whole literal. The problem is null if it is valid.</summary>
    public static (object? Value, string? Problem, int Character) Read(byte[] text)
    {
        var reader = new LiteralReader(text);
        object? value = null;
        if (reader.Read() && TryReadValue(ref reader, out value))
        {
            reader.Read();
        }

        Assert.True(reader.Token is LiteralToken.End or LiteralToken.Error, $"stopped at {reader.Token}");
        Assert.Equal(reader.Token == LiteralToken.Error, reader.Problem is not null);
        return reader.Token == LiteralToken.End ? (value, null, 0) : (null, reader.Problem, reader.Character);
    }

    public static object? Value(string text)
    {
        var (value, problem, character) = Read(Encoding.UTF8.GetBytes(text));
        Assert.True(problem is null, $"{problem} at {character}");
        return value;
    }

    /// <summary>Returns the problem of an invalid literal and its character position.</summary>
    public static (string Problem, int Character) Problem(string text)
    {
        var (value, problem, character) = Read(Encoding.UTF8.GetBytes(text));
        Assert.True(problem is not null, $"expected a problem, but the text was read as {Show(value)}");
        return (problem, character);
    }

    /// <summary>Returns a value as text that is equal only for equal values.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => "f" + BitConverter.DoubleToInt64Bits(number).ToString("x", CultureInfo.InvariantCulture),
        string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        object?[] list => $"[{string.Join(",", list.Select(Show))}]",
        KeyValuePair<string, object?>[] dict => $"{{{string.Join(",", dict.Select(pair => $"{Show(pair.Key)}:{Show(pair.Value)}"))}}}",
        _ => throw new ArgumentException(value.GetType().Name, nameof(value)),
    };

    private static bool TryReadValue(ref LiteralReader reader, out object? value)
    {
        value = null;
        switch (reader.Token)
        {
            case LiteralToken.None:
                return true;
            case LiteralToken.True or LiteralToken.False:
                value = reader.Token == LiteralToken.True;
                return true;
            case LiteralToken.Integer:
                value = long.Parse(reader.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                return true;
            case LiteralToken.Float:
                value = double.Parse(reader.Value, NumberStyles.Float, CultureInfo.InvariantCulture);
                return true;
            case LiteralToken.String:
                value = reader.GetString();
                return true;
            case LiteralToken.ListStart:
                var items = new List<object?>();
                while (reader.Read() && reader.Token != LiteralToken.ListEnd)
                {
                    if (!TryReadValue(ref reader, out var item))
                    {
                        return false;
                    }

                    items.Add(item);
                }

                value = items.ToArray();
                return reader.Token == LiteralToken.ListEnd;
            case LiteralToken.DictStart:
                var pairs = new List<KeyValuePair<string, object?>>();
                while (reader.Read() && reader.Token == LiteralToken.Key)
                {
                    var key = reader.GetString();
                    if (!reader.Read() || !TryReadValue(ref reader, out var item))
                    {
                        return false;
                    }

                    pairs.Add(new(key, item));
                }

                value = pairs.ToArray();
                return reader.Token == LiteralToken.DictEnd;
            default:
                return false;
        }
    }
}
