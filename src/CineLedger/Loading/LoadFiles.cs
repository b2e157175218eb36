using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>The files of a dataset that a load reads; null for those it does not.</summary>
internal sealed record LoadFiles(DatasetFile? Movies, DatasetFile? Ratings, DatasetFile? Links, DatasetFile? Credits, DatasetFile? Keywords)
{
    /// <summary>In the order in which they are read.</summary>
    private DatasetFile?[] All => [Movies, Credits, Keywords, Links, Ratings];

    /// <summary>Those that are read.</summary>
    public IReadOnlyList<DatasetFile> Selected => [.. All.OfType<DatasetFile>()];

    /// <summary>Their names, for the snapshot.</summary>
    public string Names => string.Join(", ", All.OfType<DatasetFile>().Select(file => file.Name));

    /// <summary>Bytes, as far as known, of the files whose content is stored; ratings are added up.</summary>
    public long StoredBytes => (Movies?.Length ?? 0) + (Credits?.Length ?? 0) + (Keywords?.Length ?? 0);

    /// <summary>What is left as the ledger holds it.</summary>
    public DatasetParts Omitted =>
        (Movies is null ? DatasetParts.Movies : 0) | (Ratings is null ? DatasetParts.Ratings : 0)
        | (Credits is null ? DatasetParts.Credits : 0) | (Keywords is null ? DatasetParts.Keywords : 0);

    /// <summary>
    /// Chooses the files. Movies must be there unless they are left out on purpose; of the rest what is there, or all where the options
    /// need them. Throws <see cref="LedgerException"/> where one is missing, links to go with ratings among them.
    /// </summary>
    public static LoadFiles Choose(Dataset dataset, LoadOptions options)
    {
        var movies = Includes(DatasetParts.Movies) ? dataset.Require(DatasetFiles.Movies) : null;
        var ratings = Includes(DatasetParts.Ratings) ? dataset.Find(DatasetFiles.Ratings) ?? Find(DatasetFiles.RatingsSmall, DatasetFiles.Ratings) : null;
        return new LoadFiles(
            movies,
            ratings,
            ratings is null ? null : FindLinks(dataset, ratings),
            Includes(DatasetParts.Credits) ? Find(DatasetFiles.Credits) : null,
            Includes(DatasetParts.Keywords) ? Find(DatasetFiles.Keywords) : null);

        bool Includes(DatasetParts part) => options.Parts.HasFlag(part);

        DatasetFile? Find(string name, string? otherwise = null) =>
            dataset.Find(name) ?? (options.RequiresParts ? dataset.Require(otherwise ?? name) : null);
    }

    /// <summary>MovieLens' ids are the same in both files of links, so the large one serves where there is no small one.</summary>
    private static DatasetFile FindLinks(Dataset dataset, DatasetFile ratings)
    {
        var small = ratings.Name == DatasetFiles.RatingsSmall;
        return (small ? dataset.Find(DatasetFiles.LinksSmall) : null) ?? dataset.Find(DatasetFiles.Links) ?? throw new LedgerException(
            $"{dataset.Address}: {ratings.Name} without {(small ? DatasetFiles.LinksSmall : DatasetFiles.Links)}, which says which movie a rating is of. "
            + "Add that file, or leave the ratings out with --skip ratings.");
    }
}
