using System.Text;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>Parses a movie's collection: one dict with a name, <c>{'id': 10194, 'name': 'Toy Story Collection', …}</c>, or the name alone.</summary>
internal static class CollectionParser
{
    /// <summary>Parses the collection's name; null if the field is empty. Returns false, with the problem, if the text is not such a dict or name.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, ListNotation notation, out string? name, out string? problem)
    {
        name = problem = null;
        if (text.IsEmpty)
        {
            return true;
        }

        if (notation != ListNotation.Literal && !NameListParser.IsLiteral(text) && Encoding.UTF8.GetString(text) is var plain && NameListParser.CanBeNames(plain))
        {
            name = plain.Trim();
            return true;
        }

        var reader = new LiteralReader(text);
        if (!reader.Read() || reader.Token is not (LiteralToken.DictStart or LiteralToken.None))
        {
            problem = reader.Problem is null ? "not a dict" : $"{reader.Problem} at character {reader.Character}";
            return false;
        }

        var isDict = reader.Token == LiteralToken.DictStart;
        while (reader.Read() && reader.Token == LiteralToken.Key)
        {
            var isName = reader.Value.SequenceEqual("name"u8);
            if (!reader.Read())
            {
                break;
            }

            if (isName && reader.Token == LiteralToken.String)
            {
                name = reader.GetString().Trim();
            }
            else
            {
                reader.Skip();
            }
        }

        if (reader.Token == LiteralToken.DictEnd)
        {
            reader.Read();
        }

        problem = reader.Token != LiteralToken.End ? $"{reader.Problem} at character {reader.Character}"
            : isDict && string.IsNullOrEmpty(name) ? "no name in the dict"
            : name is not null && name.Contains('\0', StringComparison.Ordinal) ? "a NUL in the name"
            : null;
        name = problem is null && name is { Length: > 0 } ? name : null;
        return problem is null;
    }
}
