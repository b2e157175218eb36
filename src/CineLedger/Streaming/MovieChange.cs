using CineLedger.Model;

namespace CineLedger.Streaming;

/// <summary>A change of one movie: its whole new content or its deletion.</summary>
/// <param name="Id">The movie's ID.</param>
/// <param name="Movie">The whole new content; null for a deletion.</param>
/// <param name="Hash">The hash of the content; 0 for a deletion.</param>
public readonly record struct MovieChange(long Id, Movie? Movie, long Hash);

/// <summary>The ordered changes of one push or of one partition of a topic. Filled by <see cref="ChangeReader"/>.</summary>
/// <param name="Name">The name of their origin in findings.</param>
public sealed record ChangeSet(string Name)
{
    public List<MovieChange> Changes { get; } = [];

    public List<Finding> Findings { get; } = [];

    /// <summary>Records read, including rejected ones.</summary>
    public long Records { get; set; }

    /// <summary>Records that were rejected as a whole.</summary>
    public long Rejected => Records - Changes.Count;
}
