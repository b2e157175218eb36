using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>
/// Parses lists of dicts with a name, which the dataset uses for genres, companies, countries and languages: <c>[{'id': 18, 'name': 'Drama'}]</c>, and lists
/// of names alone in a column's notation. Names are trimmed, and repeated names count once.
/// </summary>
/// <param name="code">The key of a code in addition to the name (<c>iso_3166_1</c>); null if the dict has a numeric <c>id</c> instead.</param>
/// <param name="create">Creates an item from a name and its code or number.</param>
/// <param name="form">How the column writes its lists.</param>
/// <param name="isGenres">Whether the names are genres, which may be given as TMDB's IDs.</param>
/// <param name="comparer">Decides which names are the same.</param>
internal sealed class NamedListParser<T>(
    string? code, Func<string, string?, long?, T> create, ListForm form = default, bool isGenres = false, IEqualityComparer<string>? comparer = null)
    where T : class
{
    private readonly LiteralCache<IReadOnlyList<T>> _lists = new();
    private readonly byte[] _code = Encoding.UTF8.GetBytes(code ?? "id");
    private readonly List<T> _items = [];
    private readonly List<string> _keys = [];
    private readonly List<(string Name, string? Original)> _wronglyDecoded = [];
    private readonly IEqualityComparer<string> _comparer = comparer ?? StringComparer.Ordinal;
    private readonly List<T> _repeated = [];

    /// <summary>True if the last text is ambiguous.</summary>
    public bool IsAmbiguous { get; private set; }

    /// <summary>The text of the first entry without a name, if that is the only problem of the last text; null otherwise.</summary>
    public string? InvalidEntry { get; private set; }

    /// <summary>
    /// The wrongly decoded names in the last text, each with the name from <see cref="FindOriginal"/> that replaced it; null if there are none.
    /// </summary>
    internal List<(string Name, string? Original)> WronglyDecodedNames => _wronglyDecoded;

    /// <summary>Entries of the last text that repeat another one in a different spelling; empty if there are none.</summary>
    public IReadOnlyList<T> Repeated => _repeated.Count == 0 ? [] : [.. _repeated];

    /// <summary>Returns the correct form of a wrongly decoded name; null if it is not known.</summary>
    public Func<string, string?>? FindOriginal { get; set; }

    /// <summary>
    /// Parses a list; an empty field is an empty list. Returns false if the text is not such a list, or if an entry has no name. Then the list has the other
    /// entries, if any, and <paramref name="problem"/> describes the error and its position.
    /// </summary>
    public bool TryParse(ReadOnlySpan<byte> text, out IReadOnlyList<T> list, out string? problem)
    {
        problem = null;
        IsAmbiguous = false;
        InvalidEntry = null;
        if (_wronglyDecoded.Count > 0)
        {
            _wronglyDecoded.Clear();
        }

        if (_repeated.Count > 0)
        {
            _repeated.Clear();
        }

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
        if (problem is null && !IsAmbiguous && _wronglyDecoded.Count == 0 && _repeated.Count == 0)
        {
            _lists.Add(text, list);
        }

        return problem is null;
    }

    /// <summary>Reads names in a notation other than literals. Returns false if the text is a literal or contains no names.</summary>
    private bool TryReadNames(ReadOnlySpan<byte> text)
    {
        if (form.Notation == ListNotation.Literal || NameListParser.IsLiteral(text))
        {
            return false;
        }

        var names = Encoding.UTF8.GetString(text);
        if (form.Notation == ListNotation.Ids && GenreNames.ParseIds(names) is { } ids)
        {
            foreach (var id in ids)
            {
                AddGenre(id);
            }

            return InvalidEntry is null;
        }

        if (!NameListParser.CanBeNames(names))
        {
            return false;
        }

        foreach (var name in Split(names))
        {
            var original = Redecode(name);
            Add(original, original, null);
        }

        return true;
    }

    private List<string> Split(string text)
    {
        var isComplete = true;
        var isAmbiguous = false;
        var names = (isGenres, form.Notation) switch
        {
            (true, ListNotation.Hyphens) => GenreNames.SplitJoined(text, '-', out isComplete),
            (true, ListNotation.Spaces) => GenreNames.SplitJoined(text, ' ', out isComplete),
            _ => NameListParser.Split(text, form.Notation, out isAmbiguous, form.Evidence),
        };
        IsAmbiguous = isAmbiguous || !isComplete;
        return names;
    }

    /// <summary>Reads a literal. Returns the problem, or null if there is none. Entries without a name are left out; any other problem leaves nothing.</summary>
    private string? ReadList(ReadOnlySpan<byte> text)
    {
        if (InvalidEntry is not null)
        {
            return "not the ID of a genre";
        }

        var reader = new LiteralReader(text);
        string? problem, nameless = null;
        while (reader.ReadEntry(out problem))
        {
            var start = reader.BytePosition;
            var isDict = reader.Token == LiteralToken.DictStart;
            if (isGenres && reader.Token == LiteralToken.Integer && Utf8Parser.TryParse(reader.Value, out long genre, out _) && GenreNames.Find(genre) is not null)
            {
                AddGenre(genre);
                continue;
            }

            var (name, key, number) = ReadItem(ref reader);
            if (reader.Token == LiteralToken.Error)
            {
                continue;
            }

            if (string.IsNullOrEmpty(name) && (code is null || string.IsNullOrEmpty(key)))
            {
                if (nameless is null)
                {
                    nameless = $"no name in the {(isDict ? "dict" : "entry")} at character {reader.GetCharacter(start)}";
                    InvalidEntry = GetEntry(text, start, isDict ? reader.BytePosition + 1 : null);
                }

                continue;
            }

            // Not every engine can store a NUL character in a text.
            if ((name is not null && name.Contains('\0', StringComparison.Ordinal)) || (key is not null && key.Contains('\0', StringComparison.Ordinal)))
            {
                problem = $"a NUL in the {(isDict ? "dict" : "entry")} at character {reader.GetCharacter(start)}";
                break;
            }

            // Countries and languages are identified by their codes, since their names may be empty; genres and companies by their names.
            name = Redecode(name ?? "");
            Add(name, code is null || string.IsNullOrEmpty(key) ? name : key, number);
        }

        if (problem is not null)
        {
            _items.Clear();
            _repeated.Clear();
            InvalidEntry = null;
        }

        return problem ?? nameless;
    }

    /// <summary>Returns the text of an entry that is not a dict up to the next one, of a dict up to its end.</summary>
    private static string GetEntry(ReadOnlySpan<byte> text, int start, int? end)
    {
        var entry = text[start..(end ?? text.Length)];
        return Encoding.UTF8.GetString(end is null && entry.IndexOfAny(",]"u8) is >= 0 and var length ? entry[..length] : entry);
    }

    private void Add(string name, string key, long? number)
    {
        foreach (var other in _keys)
        {
            if (_comparer.Equals(other, key))
            {
                if (other != key)
                {
                    _repeated.Add(create(name, key, number));
                }

                return;
            }
        }

        _keys.Add(key);
        _items.Add(create(name, key, number));
    }

    private void AddGenre(long id)
    {
        if (GenreNames.Find(id) is { } name)
        {
            Add(name, name, id);
        }
        else
        {
            InvalidEntry ??= id.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Returns the correct form of a wrongly decoded name if it is known, and otherwise the name itself.</summary>
    private string Redecode(string name)
    {
        if (Ascii.IsValid(name) || !WronglyDecoded.Contains(name.AsSpan()))
        {
            return name;
        }

        var original = FindOriginal?.Invoke(name);
        _wronglyDecoded.Add((name, original));
        return original ?? name;
    }

    private (string? Name, string? Key, long? Number) ReadItem(ref LiteralReader reader)
    {
        if (reader.Token != LiteralToken.DictStart)
        {
            var text = reader.Token == LiteralToken.String ? reader.GetString().Trim() : null;
            reader.Skip();
            return (text, null, null);
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
