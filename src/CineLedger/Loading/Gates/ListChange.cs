namespace CineLedger.Loading.Gates;

/// <summary>
/// How the lists of one kind differ between two versions of movies. A list is the same if its names or its supplier's IDs are the same, so that a renamed
/// company does not change the lists of all its movies.
/// </summary>
/// <param name="Lost">Movies whose list is now empty.</param>
/// <param name="Changed">Movies whose list has other names.</param>
/// <param name="Renamed">Distinct names that were replaced, or that replace another one, under the same ID of the supplier.</param>
internal sealed record ListChange(long Lost, long Changed, long Renamed)
{
    public static ListChange Compare(GateList list, IReadOnlyList<ChangedMovie> movies)
    {
        var (lost, changed) = (0, 0);
        var (oldNames, newNames) = (new HashSet<string>(list.Names), new HashSet<string>(list.Names));
        foreach (var movie in movies)
        {
            List<(string Name, long? Id)> before = [.. list.Get(movie.Before).Select(list.Describe)];
            List<(string Name, long? Id)> after = [.. list.Get(movie.After).Select(list.Describe)];
            lost += before.Count > 0 && after.Count == 0 ? 1 : 0;
            if (before.Count == 0 || after.Count == 0 || before.SequenceEqual(after))
            {
                continue;
            }

            var isSame = IsSame(before.Select(entry => entry.Name), after.Select(entry => entry.Name), list.Names)
                || (HasIds(before) && HasIds(after) && IsSame(GetIds(before), GetIds(after)));
            changed += isSame ? 0 : 1;
            foreach (var (one, other) in before.Where(entry => entry.Id is not null).Join(after, entry => entry.Id, entry => entry.Id, (one, other) => (one, other)))
            {
                if (!list.Names.Equals(one.Name, other.Name))
                {
                    oldNames.Add(one.Name);
                    newNames.Add(other.Name);
                }
            }
        }

        return new(lost, changed, Math.Max(oldNames.Count, newNames.Count));
    }

    private static bool HasIds(IEnumerable<(string Name, long? Id)> entries) => entries.Any(entry => entry.Id is not null);

    private static IEnumerable<long?> GetIds(IEnumerable<(string Name, long? Id)> entries) => entries.Select(entry => entry.Id);

    private static bool IsSame<T>(IEnumerable<T> one, IEnumerable<T> other, IEqualityComparer<T>? comparer = null) => new HashSet<T>(one, comparer).SetEquals(other);
}
