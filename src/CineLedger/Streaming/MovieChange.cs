using CineLedger.Model;

namespace CineLedger.Streaming;

/// <summary>What is said of one movie: its content as a whole, or that it is gone.</summary>
/// <param name="Id">The movie.</param>
/// <param name="Movie">All that is known of it from now on; null where it is gone.</param>
/// <param name="Hash">Fingerprint of the content; 0 where it is gone.</param>
public readonly record struct MovieChange(long Id, Movie? Movie, long Hash);

/// <summary>Changes that belong together, in their order: of one push, or one partition of a topic. Filled by <see cref="ChangeReader"/>.</summary>
/// <param name="Name">What findings call the place that they come from.</param>
public sealed record ChangeSet(string Name)
{
    public List<MovieChange> Changes { get; } = [];

    public List<Finding> Findings { get; } = [];

    /// <summary>Records read, rejected ones included.</summary>
    public long Records { get; set; }

    /// <summary>Records that could not be used at all.</summary>
    public long Rejected => Records - Changes.Count;
}
