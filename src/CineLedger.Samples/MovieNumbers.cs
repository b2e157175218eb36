namespace CineLedger.Samples;

/// <summary>
/// The numbers of a movie, with the quantiles and correlations of the real columns: popular movies have more votes, more often a known budget and
/// revenue, and larger ones.
/// </summary>
/// <param name="Popularity">In millionths, since the column has six decimals.</param>
/// <param name="Average">In tenths; 0 without votes.</param>
/// <param name="Runtime">Minutes; 0 when the dataset has <c>0.0</c>, null when the field is empty.</param>
internal readonly record struct MovieNumbers(long Budget, long Revenue, long Popularity, int Average, int Votes, int? Runtime)
{
    private static readonly QuantileCurve PopularityCurve = new(
        [(0, 100), (.01, 758), (.05, 18_925), (.1, 83_899), (.25, 385_951), (.5, 1_127_757), (.75, 3_679_263), (.9, 8_329_820),
         (.95, 11_061_894), (.99, 17_015_539), (.999, 42_965_027), (.9999, 120_000_000), (1, 550_000_000)]);
    private static readonly QuantileCurve VotesCurve = new(
        [(0, 0), (.064, 0.99), (.13, 2), (.25, 3.5), (.5, 10), (.75, 34), (.9, 160), (.95, 434), (.99, 2185), (.999, 6559), (1, 14_100)]);
    private static readonly QuantileCurve AverageCurve = new(
        [(0, 5), (.01, 24), (.05, 38), (.1, 44), (.25, 53), (.5, 61), (.75, 69), (.9, 75), (.95, 78), (.99, 88), (1, 100)]);
    private static readonly QuantileCurve RuntimeCurve = new(
        [(0, 1), (.01, 7), (.05, 57), (.1, 74), (.25, 86), (.5, 95), (.75, 107), (.9, 123), (.95, 138), (.99, 187), (.999, 440), (1, 1256)]);
    private static readonly QuantileCurve BudgetCurve = new(
        [(0, 5_000), (.03, 50_000), (.1, 500_000), (.25, 2_000_000), (.5, 8_000_000), (.75, 25_000_000), (.9, 56_000_000),
         (.95, 85_000_000), (.99, 170_000_000), (.999, 250_000_000), (1, 380_000_000)]);
    private static readonly QuantileCurve ReturnCurve = new(
        [(0, .01), (.1, .12), (.25, .5), (.5, 1.4), (.75, 2.6), (.9, 3.7), (.97, 6), (.995, 13), (1, 50)]);

    public static MovieNumbers Draw(bool odd, ref Rng rng)
    {
        double fame = rng.NextDouble();
        int votes = (int)VotesCurve[rng.NextCorrelated(fame, .7)];
        var (budget, revenue) = DrawMoney(rng.NextCorrelated(fame, .7), ref rng);
        long popularity = (long)PopularityCurve[fame];
        // Drawn in any case, so that without the quirk only these values differ.
        double oddity = rng.NextDouble();
        int small = 1 + rng.NextBelow(99);
        if (odd && oddity < .006)
        {
            (budget, revenue) = (Math.Min(budget, small), Math.Min(revenue, 100 - small));
        }
        else if (odd && oddity > .9995)
        {
            popularity = small;
        }

        int average = votes == 0 ? 0 : (int)AverageCurve.Draw(ref rng);
        double length = rng.NextDouble();
        int? runtime = length < .006 ? null : length < .04 ? 0 : (int)RuntimeCurve.Draw(ref rng);
        return new(budget, revenue, popularity, average, votes, runtime);
    }

    /// <summary>Returns the numbers as if the movie had been crawled a second time: higher popularity, and the same votes, two more or one less.</summary>
    public MovieNumbers AsRecrawled(int kind) => this with
    {
        Popularity = Popularity + (Popularity / 7) + 1,
        Votes = Votes + ((kind % 3) switch { 0 => 2, 1 => Votes > 1 ? -1 : 0, _ => 0 }),
    };

    private static (long Budget, long Revenue) DrawMoney(double prominence, ref Rng rng)
    {
        // 12 % of the movies have both amounts, 8 % only the budget, 4 % only the revenue.
        if (prominence < .76)
        {
            return (0, 0);
        }

        double size = prominence < .8 ? rng.NextDouble() : (prominence - .8) / .2;
        long budget = Round((long)BudgetCurve[rng.NextCorrelated(size, .85)]);
        if (prominence is >= .8 and < .88)
        {
            return (budget, 0);
        }

        long revenue = (long)(budget * ReturnCurve[rng.NextCorrelated(size, .35)]) + rng.NextBelow(10_000);
        // Compresses high revenues, so that none is twice that of the most successful movie ever.
        if (revenue > 800_000_000)
        {
            revenue = 800_000_000 + ((revenue - 800_000_000) / 10);
        }

        return (prominence < .8 ? 0 : budget, Math.Max(revenue, 1_000 + rng.NextBelow(5_000)));
    }

    // Budgets are round numbers, revenues are exact to the dollar.
    private static long Round(long amount)
    {
        long unit = amount switch { < 100_000 => 500, < 1_000_000 => 10_000, < 10_000_000 => 100_000, < 50_000_000 => 500_000, _ => 5_000_000 };
        return Math.Max(amount / unit * unit, 1000);
    }
}
