using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace CineLedger.Measure;

/// <summary>Faults by kind. Messages that differ only in their numbers are of the same kind.</summary>
internal sealed partial class SoakErrors
{
    private readonly ConcurrentDictionary<string, (int Count, string First)> _kinds = new(StringComparer.Ordinal);

    public int Count => _kinds.Values.Sum(kind => kind.Count);

    public void Add(string what, Exception? error = null)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            what = $"{what}: {inner.GetType().Name}: {inner.Message}";
        }

        _kinds.AddOrUpdate(Number().Replace(what, "#"), (1, what), (_, kind) => (kind.Count + 1, kind.First));
    }

    /// <summary>Returns one line per kind, the most frequent first, with the count and the first message.</summary>
    public IEnumerable<string> Lines() =>
        _kinds.Values.OrderByDescending(kind => kind.Count).Select(kind => FormattableString.Invariant($"{kind.Count,8:N0} times: {kind.First}"));

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
