namespace CineLedger.Model;

/// <summary>
/// Decides which spellings name the same company. Letter case, the kind and number of spaces, spaces at either end and dots at the end do not matter;
/// everything else does, such as accents, other punctuation and legal forms. Letters are compared one by one, independently of language.
/// </summary>
public sealed class CompanyNameComparer : IEqualityComparer<string>
{
    private const int MaxStackLength = 256;

    public static CompanyNameComparer Instance { get; } = new();

    public bool Equals(string? x, string? y)
    {
        if (x is null || y is null || string.Equals(x, y, StringComparison.Ordinal))
        {
            return string.Equals(x, y, StringComparison.Ordinal);
        }

        var one = Trim(x);
        var other = Trim(y);
        int i = 0, j = 0;
        while (i < one.Length && j < other.Length)
        {
            if (ReadNext(one, ref i) != ReadNext(other, ref j))
            {
                return false;
            }
        }

        return i == one.Length && j == other.Length;
    }

    public int GetHashCode(string obj)
    {
        var name = obj.AsSpan();
        Span<char> key = name.Length <= MaxStackLength ? stackalloc char[name.Length] : new char[name.Length];
        return string.GetHashCode(key[..Normalize(name, key)]);
    }

    /// <summary>Returns a text that all spellings of a company have in common.</summary>
    public static string Normalize(string name)
    {
        Span<char> key = name.Length <= MaxStackLength ? stackalloc char[name.Length] : new char[name.Length];
        return new(key[..Normalize(name, key)]);
    }

    /// <summary>Writes the common text of all spellings, which is never longer than the name, and returns its length.</summary>
    internal static int Normalize(ReadOnlySpan<char> name, Span<char> key)
    {
        var trimmed = Trim(name);
        var length = 0;
        for (var i = 0; i < trimmed.Length;)
        {
            key[length++] = ReadNext(trimmed, ref i);
        }

        return length;
    }

    /// <summary>Removes spaces at both ends and dots at the end. A name that consists only of dots is kept.</summary>
    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> name)
    {
        name = name.Trim();
        var end = name.Length;
        while (end > 0 && (name[end - 1] == '.' || char.IsWhiteSpace(name[end - 1])))
        {
            end--;
        }

        return end == 0 ? name : name[..end];
    }

    /// <summary>Reads a character of a trimmed name in upper case, or any number of spaces as one.</summary>
    private static char ReadNext(ReadOnlySpan<char> name, ref int index)
    {
        var next = name[index++];
        if (!char.IsWhiteSpace(next))
        {
            return char.ToUpperInvariant(next);
        }

        while (char.IsWhiteSpace(name[index]))
        {
            index++;
        }

        return ' ';
    }
}
