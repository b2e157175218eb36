using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>
/// Compares each decade of release dates with its neighbors: no supplier knows a value for many movies of two decades and for none of the decade between
/// them, and amounts do not change by a factor and back.
/// </summary>
internal static class DecadeGate
{
    private const int MinMovies = 100;
    private const int MinKnown = 20;

    /// <summary>The minimum number of known values, as a share of the number expected from the neighboring decades.</summary>
    private const double MinShare = 0.1;

    /// <summary>The largest factor between a decade's median and those of its neighbors.</summary>
    private const double MaxFactor = 20;

    /// <param name="profiles">The decades, in order.</param>
    public static IEnumerable<GateViolation> Check(IEnumerable<DecadeProfile> profiles)
    {
        List<DecadeProfile> decades = [.. profiles.Where(decade => decade.Movies >= MinMovies)];
        return decades.SelectMany((decade, i) => Check(decade, [.. decades.Skip(i - 1).Take(i > 0 ? 1 : 0), .. decades.Skip(i + 1).Take(1)]));
    }

    private static IEnumerable<GateViolation> Check(DecadeProfile decade, IReadOnlyList<DecadeProfile> neighbors)
    {
        if (neighbors.Count == 0)
        {
            yield break;
        }

        for (var i = 0; i < DecadeProfile.ColumnNames.Count; i++)
        {
            var (column, known) = (DecadeProfile.ColumnNames[i], decade.Known[i]);
            var expected = decade.Movies * neighbors.Min(other => (double)other.Known[i] / other.Movies);
            if (expected >= MinKnown && known < expected * MinShare)
            {
                yield return new(QualityGates.Coverage, column, string.Create(
                    CultureInfo.InvariantCulture, $"{column} is known for {known:N0} of {decade.Movies:N0} movies of the {decade.Year}s, fewer than in the decades around them"));
            }
        }

        for (var i = 0; i < DecadeProfile.MedianNames.Count; i++)
        {
            if (decade.Samples[i].Count < MinKnown || neighbors.Any(other => other.Samples[i].Count < MinKnown))
            {
                continue;
            }

            var (column, median) = (DecadeProfile.MedianNames[i], decade.Samples[i].GetQuantile(0.5));
            if (neighbors.All(other => median > other.Samples[i].GetQuantile(0.5) * MaxFactor) || neighbors.All(other => median < other.Samples[i].GetQuantile(0.5) / MaxFactor))
            {
                yield return new(QualityGates.Amounts, column, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the median {column} of the {decade.Year}s is {median:N0}, that of the decades around them {neighbors[0].Samples[i].GetQuantile(0.5):N0}"));
            }
        }
    }
}
