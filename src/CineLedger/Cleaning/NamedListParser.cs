using System.Buffers.Text;
using System.Text;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>
/// Parses lists of dicts with a name, which the dataset uses for genres, companies, countries and languages: <c>[{'id': 18, 'name': 'Drama'}]</c>, and lists
/// of names alone in a column's notation. Names are trimmed, and repeated names count once.
/// </summary>
/// <param name="code">The key of a code in addition to the name (<c>iso_3166_1</c>); null if the dict has a numeric <c>id</c> instead.</param>
/// <param name="create">Creates an item from a name and its code or number.</param>
/// <param name="notation">The column's notation.</param>
internal sealed class NamedListParser<T>(string? code, Func<string, string?, long?, T> create, ListNotation notation = ListNotation.Literal)
    where T : class
{
    private readonly LiteralCache<IReadOnlyList<T>> _lists = new();
    private readonly byte[] _code = Encoding.UTF8.GetBytes(code ?? "id");
    private readonly List<T> _items = [];
    private readonly List<string> _keys = [];

    /// <summary>True if the last text is ambiguous.</summary>
    public bool IsAmbiguous { get; private set; }

    /// <summary>
    /// Parses a list; an empty field is an empty list. Returns false if the text is not such a list, or if an entry has no name. Then the list has the other
    /// entries, if any, and <paramref name="problem"/> describes the error and its position.
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
        problem = TryReadNames(text) ? null : ReadList(text);
        list = _items.ToArray();
        if (problem is null && !IsAmbiguous)
        {
            _lists.Add(text, list);
        }

        return problem is null;
    }

    /// <summary>Reads names in a notation other than literals. Returns false if the text is a literal or contains no names.</summary>
    private bool TryReadNames(ReadOnlySpan<byte> text)
    {
        if (notation == ListNotation.Literal || NameListParser.IsLiteral(text) || Encoding.UTF8.GetString(text) is var names && !NameListParser.CanBeNames(names))
        {
            return false;
        }

        foreach (var name in NameListParser.Split(names, notation, out var isAmbiguous))
        {
            IsAmbiguous |= isAmbiguous;
            if (!_keys.Contains(name))
            {
                _keys.Add(name);
                _items.Add(create(name, name, null));
            }
        }

        return true;
    }

    /// <summary>Reads a literal. Returns the problem, or null if there is none. Entries without a name are left out; any other problem leaves nothing.</summary>
    private string? ReadList(ReadOnlySpan<byte> text)
    {
        var reader = new LiteralReader(text);
        string? problem, nameless = null;
        while (reader.ReadDictOrString(out problem))
        {
            var start = reader.BytePosition;
            var (name, key, number) = ReadItem(ref reader);
            if (reader.Token == LiteralToken.Error)
            {
                continue;
            }

            if (string.IsNullOrEmpty(name) && (code is null || string.IsNullOrEmpty(key)))
            {
                nameless ??= $"no name in the {(reader.Token == LiteralToken.DictEnd ? "dict" : "entry")} at character {reader.GetCharacter(start)}";
                continue;
            }

            // Not every engine can store a NUL character in a text.
            if ((name is not null && name.Contains('\0', StringComparison.Ordinal)) || (key is not null && key.Contains('\0', StringComparison.Ordinal)))
            {
                problem = $"a NUL in the {(reader.Token == LiteralToken.DictEnd ? "dict" : "entry")} at character {reader.GetCharacter(start)}";
                break;
            }

            // Countries and languages are identified by their codes, since their names may be empty; genres and companies by their names.
            var identity = code is null ? name! : key is { Length: > 0 } ? key : name!;
            if (!_keys.Contains(identity))
            {
                _keys.Add(identity);
                _items.Add(create(name ?? "", identity, number));
            }
        }

        if (problem is not null)
        {
            _items.Clear();
        }

        return problem ?? nameless;
    }

    private (string? Name, string? Key, long? Number) ReadItem(ref LiteralReader reader)
    {
        if (reader.Token != LiteralToken.DictStart)
        {
            return (reader.Token == LiteralToken.String ? reader.GetString().Trim() : null, null, null);
        }

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
