namespace CineLedger.Loading;

/// <summary>The parts of a dataset, as selected by <c>--only</c> and <c>--skip</c>.</summary>
[Flags]
public enum DatasetParts
{
    None = 0,

    /// <summary>movies_metadata.csv.</summary>
    Movies = 1,

    /// <summary>ratings.csv with links.csv, or ratings_small.csv with links_small.csv when there is no ratings.csv.</summary>
    Ratings = 2,

    /// <summary>credits.csv.</summary>
    Credits = 4,

    /// <summary>keywords.csv.</summary>
    Keywords = 8,

    All = Movies | Ratings | Credits | Keywords,
}
