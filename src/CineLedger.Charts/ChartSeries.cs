namespace CineLedger.Charts;

/// <summary>The values of one name, one a label of the chart; null for unknown.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values)
{
    /// <summary>The sum of what is known; null where nothing is.</summary>
    public double? Total => Values.Any(value => value is not null) ? Values.Sum(value => value ?? 0) : null;

    /// <summary>By what series are put in order: their total, or their mean where values do not add up.</summary>
    internal double? GetRank(bool additive) => Total / (additive ? 1 : Values.Count(value => value is not null));

    /// <summary>Runs of known values as places from <c>First</c> to <c>Last</c>: where a line may be drawn through.</summary>
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
