using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>The names of the parts of a dataset: <c>movies</c>, <c>ratings</c>, <c>credits</c>, <c>keywords</c>.</summary>
public static class DatasetPartNames
{
    private static readonly (string Word, DatasetParts Part)[] Names =
        [("movies", DatasetParts.Movies), ("ratings", DatasetParts.Ratings), ("credits", DatasetParts.Credits), ("keywords", DatasetParts.Keywords)];

    public static IReadOnlyList<string> All { get; } = [.. Names.Select(known => known.Word)];

    /// <summary>Returns the part with this name, or <see cref="DatasetParts.None"/>.</summary>
    public static DatasetParts Find(string name) => Array.Find(Names, known => known.Word == name.Trim()).Part;

    /// <summary>Returns the parts to load, all by default. Throws <see cref="UsageException"/> when both options are given or no part is left.</summary>
    public static DatasetParts Select(DatasetParts? only, DatasetParts? skip)
    {
        if (only is not null && skip is not null)
        {
            throw new UsageException("--only and --skip: use one of them, not both.");
        }

        return only ?? (DatasetParts.All & ~(skip ?? DatasetParts.None)) switch
        {
            DatasetParts.None => throw new UsageException("--skip: leaves nothing to load."),
            var rest => rest,
        };
    }

    /// <summary>Joins the names of several parts.</summary>
    public static string Join(DatasetParts parts) => string.Join(", ", Names.Where(known => parts.HasFlag(known.Part)).Select(known => known.Word));
}
