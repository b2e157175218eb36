using System.Text.Json;

namespace CineLedger.Sources.Kinds;

/// <summary>The names of the members in the JSON at the start of a file, which may be cut off anywhere.</summary>
internal sealed class JsonHead
{
    private readonly List<IReadOnlySet<string>> _objects = [];
    private readonly HashSet<string> _items = [];

    private JsonHead()
    {
    }

    /// <summary>True for one object per line, false for one value over several lines, or for a list.</summary>
    public bool IsLines { get; private init; }

    /// <summary>True if the head ends within the first object, so that more members may follow.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The members of each object: of each complete line, or of the only object. Lines that are not JSON objects are left out.</summary>
    public IReadOnlyList<IReadOnlySet<string>> Objects => _objects;

    /// <summary>The members of all objects in a list: in the file's own list, or in the member <c>results</c> of its object.</summary>
    public IReadOnlySet<string> Items => _items;

    /// <summary>Returns whether there are objects and all of them have all these members.</summary>
    public bool AllHave(params string[] members) => _objects.Count > 0 && _objects.TrueForAll(found => found.IsSupersetOf(members));

    /// <summary>Returns whether no object has any other member than these.</summary>
    public bool HasOnly(params string[] members) => !IsCut && _objects.TrueForAll(found => found.IsSubsetOf(members));

    /// <summary>Returns whether an object has any of these members.</summary>
    public bool HasAny(params string[] members) => _objects.Exists(found => found.Overlaps(members));

    /// <param name="text">The head of the file, from its first character.</param>
    /// <returns>Null if the text begins with neither an object nor a list.</returns>
    public static JsonHead? Read(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'{' or (byte)'[', ..])
        {
            return null;
        }

        var end = text.IndexOf((byte)'\n');
        var first = (end < 0 ? text : text[..end]).TrimEnd(" \t\r"u8);
        var head = new JsonHead { IsLines = first[0] == '{' && (end < 0 || first[^1] == '}') };
        while (head.IsLines && (end = text.IndexOf((byte)'\n')) >= 0)
        {
            head.Add(text[..end], isLast: false);
            text = text[(end + 1)..];
        }

        head.Add(text, isLast: true);
        return head;
    }

    /// <summary>Adds the members of one value. An object that is not complete is added only if it is the first and nothing follows.</summary>
    private void Add(ReadOnlySpan<byte> text, bool isLast)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
        var members = new HashSet<string>();
        var (isObject, isDamaged, member) = (false, false, "");
        try
        {
            while (reader.Read())
            {
                isObject |= reader is { TokenType: JsonTokenType.StartObject, CurrentDepth: 0 };
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (isObject && reader.CurrentDepth == 1)
                {
                    members.Add(member = reader.GetString()!);
                }
                else if (isObject ? reader.CurrentDepth == 3 && member == "results" : reader.CurrentDepth == 2)
                {
                    _items.Add(reader.GetString()!);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // From here on it is not JSON, or not UTF-8.
            isDamaged = true;
        }

        var isComplete = !isDamaged && reader is { TokenType: JsonTokenType.EndObject, CurrentDepth: 0 };
        if (isObject && (isComplete || (isLast && _objects.Count == 0)))
        {
            _objects.Add(members);
            IsCut = !isComplete;
        }
    }
}
