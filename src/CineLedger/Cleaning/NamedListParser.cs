using System.Buffers.Text;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning;

/// <summary>
/// Lists of dicts with a name, as genres, companies, countries and languages come: <c>[{'id': 18, 'name': 'Drama'}]</c>. Names are
/// trimmed; a name that stands twice counts once.
/// </summary>
/// <param name="code">The key of a code beside the name (<c>iso_3166_1</c>); null where <c>id</c> is the number beside it.</param>
/// <param name="create">Makes the item of a name, and its code or number.</param>
/// <param name="notation">How the file writes lists.</param>
internal sealed class NamedListParser<T>(string? code, Func<string, string?, long?, T> create, ListNotation notation = ListNotation.Literal)
    where T : class
{
    private readonly LiteralCache<IReadOnlyList<T>> _lists = new();
    private readonly byte[] _code = System.Text.Encoding.UTF8.GetBytes(code ?? "id");
    private readonly List<T> _items = [];
    private readonly List<string> _keys = [];

    /// <summary>Whether the text read last may be taken in two ways.</summary>
    public bool IsAmbiguous { get; private set; }

    /// <summary>
    /// Reads the list; an empty field is an empty list. False where the text is no such list: then the list is empty and
    /// <paramref name="problem"/> says what is wrong at which character.
    /// </summary>
    public bool TryParse(ReadOnlySpan<byte> text, out IReadOnlyList<T> list, out string? problem)
    {
        problem = null;
        IsAmbiguous = false;
        if (text.SequenceEqual("[]"u8) || text.IsEmpty)
        {
            list = [];
            return true;
        }

        if (_lists.TryGet(text, out var known))
        {
            list = known;
            return true;
        }

        _items.Clear();
        _keys.Clear();
        if (notation == ListNotation.CommaNames && !text.StartsWith("[{"u8))
        {
            list = ReadNames(text);
            return true;
        }

        problem = ReadList(text);
        if (problem is not null)
        {
            list = [];
            return false;
        }

        list = _items.ToArray();
        _lists.Add(text, list);
        return true;
    }

    private T[] ReadNames(ReadOnlySpan<byte> text)
    {
        foreach (var name in NameListParser.Split(System.Text.Encoding.UTF8.GetString(text), out var isAmbiguous))
        {
            IsAmbiguous |= isAmbiguous;
            if (!_keys.Contains(name))
            {
                _keys.Add(name);
                _items.Add(create(name, name, null));
            }
        }

        T[] list = [.. _items];
        if (!IsAmbiguous)
        {
            _lists.Add(text, list);
        }

        return list;
    }

    private string? ReadList(ReadOnlySpan<byte> text)
    {
        var reader = new LiteralReader(text);
        string? problem;
        while (reader.ReadDict(out problem))
        {
            var start = reader.BytePosition;
            var (name, key, number) = ReadItem(ref reader);
            if (reader.Token == LiteralToken.Error)
            {
                continue;
            }

            if (string.IsNullOrEmpty(name) && (code is null || string.IsNullOrEmpty(key)))
            {
                return $"no name in the dict at character {reader.GetCharacter(start)}";
            }

            // No text in a database of every engine can hold one.
            if ((name is not null && name.Contains('\0', StringComparison.Ordinal)) || (key is not null && key.Contains('\0', StringComparison.Ordinal)))
            {
                return $"a NUL in the dict at character {reader.GetCharacter(start)}";
            }

            // A country or language is known by its code, for its name may be empty; the others by their names.
            var identity = code is null ? name! : key is { Length: > 0 } ? key : name!;
            if (!_keys.Contains(identity))
            {
                _keys.Add(identity);
                _items.Add(create(name ?? "", identity, number));
            }
        }

        return problem;
    }

    private (string? Name, string? Key, long? Number) ReadItem(ref LiteralReader reader)
    {
        string? name = null, key = null;
        long? number = null;
        while (reader.Read() && reader.Token == LiteralToken.Key)
        {
            var isName = reader.Value.SequenceEqual("name"u8);
            var isCode = !isName && reader.Value.SequenceEqual(_code);
            if (!reader.Read())
            {
                break;
            }

            if (isName && reader.Token == LiteralToken.String)
            {
                name = reader.GetString().Trim();
            }
            else if (isCode && reader.Token == LiteralToken.String)
            {
                key = reader.GetString().Trim();
            }
            else if (isCode && reader.Token == LiteralToken.Integer)
            {
                number = Utf8Parser.TryParse(reader.Value, out long value, out _) ? value : null;
            }
            else
            {
                reader.Skip();
            }
        }

        return (name, key, number);
    }
}
