namespace CineLedger.Charts;

/// <summary>The values of one name, one per axis label; null for unknown.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values)
{
    /// <summary>The sum of the known values; null if none is known.</summary>
    public double? Total => Values.Any(value => value is not null) ? Values.Sum(value => value ?? 0) : null;

    /// <summary>Returns the sort value of the series: the total, or the mean if values cannot be added up.</summary>
    internal double? GetRank(bool additive) => Total / (additive ? 1 : Values.Count(value => value is not null));

    /// <summary>Returns the runs of known values as index ranges; a line is drawn through each.</summary>
    internal IEnumerable<(int First, int Last)> FindRuns()
    {
        for (var i = 0; i < Values.Count; i++)
        {
            if (Values[i] is null)
            {
                continue;
            }

            var first = i;
            while (i + 1 < Values.Count && Values[i + 1] is not null)
            {
                i++;
            }

            yield return (first, i);
        }
    }
}
