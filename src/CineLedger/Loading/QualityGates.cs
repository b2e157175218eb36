using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>What keeps a load from being published.</summary>
internal static class QualityGates
{
    /// <summary>A full load that closes a larger share of the ledger's movies is taken for a damaged or partial file.</summary>
    public const double MaxShrink = 0.20;

    /// <summary>Throws <see cref="QualityGateException"/> where too many records of a file were rejected.</summary>
    public static void CheckRejects(string file, long rejected, long records, double maxShare)
    {
        if (rejected > records * maxShare)
        {
            throw new QualityGateException(string.Create(
                CultureInfo.InvariantCulture,
                $"{rejected:N0} of {records:N0} records of {file} were rejected, more than --max-rejects {maxShare * 100:0.##}% allows; nothing was published. "
                + $"Mend the dataset, or allow more."));
        }
    }

    /// <summary>Throws <see cref="QualityGateException"/> where too many movies would be closed.</summary>
    public static void CheckShrink(long closed, long before)
    {
        if (closed > before * MaxShrink)
        {
            throw new QualityGateException(string.Create(
                CultureInfo.InvariantCulture,
                $"the dataset lacks {closed:N0} of the ledger's {before:N0} movies ({(double)closed / before:P0}); nothing was published. "
                + $"Load a part with --merge, or say --allow-shrink if they are to go."));
        }
    }
}
