using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>Counts the movies to which a <see cref="ShareCheck"/> applies, and the suspect ones among them.</summary>
internal sealed class ShareCount(ShareCheck check)
{
    private long _total;

    public ShareCheck Check => check;

    /// <summary>The suspect movies.</summary>
    public long Suspect { get; private set; }

    /// <summary>Adds a movie.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="count">1, or -1 to remove a movie that was added.</param>
    public void Add(Movie movie, int count)
    {
        if (check.Base(movie))
        {
            _total += count;
            Suspect += check.IsSuspect(movie) ? count : 0;
        }
    }

    /// <summary>Returns the violation; null if few enough movies are suspect.</summary>
    public GateViolation? GetViolation() => _total >= ShareCheck.MinBase && Suspect > _total * check.MaxShare
        ? new(check.Gate, check.Column, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{check.Column}: {Suspect:N0} of {_total:N0} {check.Description}"))
        : null;
}
