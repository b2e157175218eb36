using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>Checks that prevent a suspicious load from being published.</summary>
internal static class QualityGates
{
    /// <summary>The share of the ledger's movies that a full load may remove. A larger share indicates a damaged or partial file.</summary>
    public const double MaxShrink = 0.20;

    /// <summary>Throws <see cref="QualityGateException"/> when too many records of a file were rejected.</summary>
    public static void CheckRejects(string file, long rejected, long records, double maxShare)
    {
        if (rejected > records * maxShare)
        {
            throw new QualityGateException(string.Create(
                CultureInfo.InvariantCulture,
                $"{rejected:N0} of {records:N0} records of {file} were rejected, more than --max-rejects {maxShare * 100:0.##}% allows; nothing was published. "
                + $"Fix the dataset or raise the limit."));
        }
    }

    /// <summary>Throws <see cref="QualityGateException"/> when too many movies would be removed.</summary>
    public static void CheckShrink(long removed, long before)
    {
        if (removed > before * MaxShrink)
        {
            throw new QualityGateException(string.Create(
                CultureInfo.InvariantCulture,
                $"the dataset lacks {removed:N0} of the ledger's {before:N0} movies ({(double)removed / before:P0}); nothing was published. "
                + $"Use --merge to load a part, or --allow-shrink to remove them."));
        }
    }
}
