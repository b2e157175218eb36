using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>The files of a dataset that a load reads; null for files that it does not read.</summary>
internal sealed record LoadFiles(DatasetFile? Movies, DatasetFile? Ratings, DatasetFile? Links, DatasetFile? Credits, DatasetFile? Keywords)
{
    /// <summary>Gets the files in reading order.</summary>
    private DatasetFile?[] All => [Movies, Credits, Keywords, Links, Ratings];

    /// <summary>Gets the files that are read.</summary>
    public IReadOnlyList<DatasetFile> Selected => [.. All.OfType<DatasetFile>()];

    /// <summary>Gets their names, for the snapshot.</summary>
    public string Names => string.Join(", ", All.OfType<DatasetFile>().Select(file => file.Name));

    /// <summary>Gets the known bytes of the files whose content is stored; ratings are only aggregated.</summary>
    public long StoredBytes => (Movies?.Length ?? 0) + (Credits?.Length ?? 0) + (Keywords?.Length ?? 0);

    /// <summary>Gets the parts that the load does not change.</summary>
    public DatasetParts Omitted =>
        (Movies is null ? DatasetParts.Movies : 0) | (Ratings is null ? DatasetParts.Ratings : 0)
        | (Credits is null ? DatasetParts.Credits : 0) | (Keywords is null ? DatasetParts.Keywords : 0);

    /// <summary>
    /// Selects the files. The movie file is required unless it is excluded; other files are optional unless the options require them. Throws
    /// <see cref="LedgerException"/> when a required file is missing, including the links for ratings.
    /// </summary>
    public static LoadFiles Select(Dataset dataset, LoadOptions options)
    {
        var movies = Includes(DatasetParts.Movies) ? dataset.GetRequired(DatasetFiles.Movies) : null;
        var ratings = Includes(DatasetParts.Ratings) ? dataset.Find(DatasetFiles.Ratings) ?? Find(DatasetFiles.RatingsSmall, DatasetFiles.Ratings) : null;
        return new LoadFiles(
            movies,
            ratings,
            ratings is null ? null : FindLinks(dataset, ratings),
            Includes(DatasetParts.Credits) ? Find(DatasetFiles.Credits) : null,
            Includes(DatasetParts.Keywords) ? Find(DatasetFiles.Keywords) : null);

        bool Includes(DatasetParts part) => options.Parts.HasFlag(part);

        DatasetFile? Find(string name, string? otherwise = null) =>
            dataset.Find(name) ?? (options.RequiresParts ? dataset.GetRequired(otherwise ?? name) : null);
    }

    /// <summary>Finds the links of a file of ratings. Both files of links use the same MovieLens IDs, so the large one serves when the small one is missing.</summary>
    private static DatasetFile FindLinks(Dataset dataset, DatasetFile ratings)
    {
        var small = ratings.Name == DatasetFiles.RatingsSmall;
        return (small ? dataset.Find(DatasetFiles.LinksSmall) : null) ?? dataset.Find(DatasetFiles.Links) ?? throw new LedgerException(
            $"{dataset.Address}: {ratings.Name} requires {(small ? DatasetFiles.LinksSmall : DatasetFiles.Links)}, which maps ratings to movies. "
            + "Add that file, or exclude the ratings with --skip ratings.");
    }
}
