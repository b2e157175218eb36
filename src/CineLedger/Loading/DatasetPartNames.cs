using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>The parts of a dataset in words: <c>movies</c>, <c>ratings</c>, <c>credits</c>, <c>keywords</c>.</summary>
public static class DatasetPartNames
{
    private static readonly (string Word, DatasetParts Part)[] Names =
        [("movies", DatasetParts.Movies), ("ratings", DatasetParts.Ratings), ("credits", DatasetParts.Credits), ("keywords", DatasetParts.Keywords)];

    public static IReadOnlyList<string> All { get; } = [.. Names.Select(known => known.Word)];

    /// <summary>The part of that name; <see cref="DatasetParts.None"/> where there is none.</summary>
    public static DatasetParts Find(string word) => Array.Find(Names, known => known.Word == word.Trim()).Part;

    /// <summary>What is to be read; all where neither option was given. Throws <see cref="UsageException"/> for both, and for nothing.</summary>
    public static DatasetParts Choose(DatasetParts? only, DatasetParts? skip)
    {
        if (only is not null && skip is not null)
        {
            throw new UsageException("--only and --skip: give one of them, not both.");
        }

        return only ?? (DatasetParts.All & ~(skip ?? DatasetParts.None)) switch
        {
            DatasetParts.None => throw new UsageException("--skip: nothing would be left to load."),
            var rest => rest,
        };
    }

    /// <summary>The words of several parts.</summary>
    public static string Join(DatasetParts parts) => string.Join(", ", Names.Where(known => parts.HasFlag(known.Part)).Select(known => known.Word));
}
