namespace CineLedger.Cleaning;

/// <summary>
/// The evidence in the first values of a column for where a name ends. A part between separators is certainly a name if it also occurs alone, or beside different
/// neighbors on both sides. <c>Hanna</c>, if always followed by <c>Barbera</c>, may be half of a name.
/// </summary>
internal sealed class NameEvidence
{
    /// <summary>The neighbors of a part: null while there are none, empty at an end of a list.</summary>
    private readonly Dictionary<string, (string? Left, string? Right, bool HasSeveralLeft, bool HasSeveralRight, bool IsAlone)> _parts = [];

    /// <summary>Processes the parts of one value.</summary>
    public void Add(IReadOnlyList<string> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var (left, right) = (i > 0 ? parts[i - 1] : "", i + 1 < parts.Count ? parts[i + 1] : "");
            var known = _parts.GetValueOrDefault(parts[i]);
            _parts[parts[i]] = (
                left, right, known.HasSeveralLeft || (known.Left is not null && known.Left != left), known.HasSeveralRight || (known.Right is not null && known.Right != right),
                known.IsAlone || parts.Count == 1);
        }
    }

    /// <summary>Returns whether a part is certainly a name of its own.</summary>
    public bool IsName(string part) => _parts.TryGetValue(part, out var known) && (known.IsAlone || (known.HasSeveralLeft && known.HasSeveralRight));
}
