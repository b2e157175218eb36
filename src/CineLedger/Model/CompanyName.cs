using System.Diagnostics.CodeAnalysis;

namespace CineLedger.Model;

/// <summary>Compares company names: two spellings name one company if they differ only in letter case, white space or final dots.</summary>
public static class CompanyName
{
    public static IEqualityComparer<string> Comparer { get; } = new SpellingComparer();

    public static bool AreEqual(string one, string other) => string.Equals(Normalize(one), Normalize(other), StringComparison.Ordinal);

    /// <summary>Returns the form that all spellings of a name share.</summary>
    public static string Normalize(string name) =>
        string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.', ' ').ToUpperInvariant();

    private sealed class SpellingComparer : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x is null || y is null ? ReferenceEquals(x, y) : AreEqual(x, y);

        public int GetHashCode([DisallowNull] string obj) => string.GetHashCode(Normalize(obj), StringComparison.Ordinal);
    }
}
