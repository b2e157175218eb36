using System.Globalization;

namespace CineLedger.Model;

/// <summary>A line of the list of studios: a company belonged to a studio from one day to another.</summary>
/// <param name="Studio">The studio's name, or <see cref="Independent"/>.</param>
/// <param name="Company">A company's name, <c>tmdb:ID</c> for the names under a TMDB ID, or the name of a studio that belonged to another one.</param>
/// <param name="From">The first day of ownership as <c>2006-05-05</c>, <c>2006-05</c> or <c>2006</c>; null if it has no known beginning.</param>
/// <param name="To">The last day of ownership in the same form; null if it has not ended.</param>
/// <param name="Source">The address of a page that states the fact, or <see cref="Unsourced"/>.</param>
public sealed record StudioLine(string Studio, string Company, string? From, string? To, string Source)
{
    /// <summary>The studio of a company that belonged to none.</summary>
    public const string Independent = "independent";

    /// <summary>The source of a line without one.</summary>
    public const string Unsourced = "unsourced";

    private const string IdPrefix = "tmdb:";

    public bool IsIndependent => CompanyNameComparer.Instance.Equals(Studio, Independent);

    public bool IsSourced => !string.Equals(Source, Unsourced, StringComparison.OrdinalIgnoreCase);

    /// <summary>The TMDB ID of the company; null if the line has a name.</summary>
    public long? SourceId => ParseSourceId(Company);

    /// <summary>The first day of ownership; <see cref="PartialDate.Earliest"/> if it has no known beginning.</summary>
    public DateOnly FirstDay => From is null ? PartialDate.Earliest : PartialDate.Parse(From).First;

    /// <summary>The last day of ownership; <see cref="PartialDate.Latest"/> if it has not ended.</summary>
    public DateOnly LastDay => To is null ? PartialDate.Latest : PartialDate.Parse(To).Last;

    /// <summary>
    /// The first day on which the next owner may begin: that of the period in <see cref="To"/>, because a sale in 2010 ends one ownership and begins the next in 2010.
    /// </summary>
    public DateOnly FirstDayOfEnd => To is null ? PartialDate.Latest : PartialDate.Parse(To).First;

    /// <summary>Returns the TMDB ID in a text such as <c>tmdb:8411</c>; null for a name.</summary>
    internal static long? ParseSourceId(string company) =>
        HasIdPrefix(company) && long.TryParse(company.AsSpan(IdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    /// <summary>Returns whether a text has the form of a TMDB ID, which may be invalid.</summary>
    internal static bool HasIdPrefix(string company) => company.StartsWith(IdPrefix, StringComparison.OrdinalIgnoreCase);
}
