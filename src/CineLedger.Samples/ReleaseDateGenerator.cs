namespace CineLedger.Samples;

/// <summary>Release dates, distributed over years and months as in the real dataset.</summary>
internal static class ReleaseDateGenerator
{
    private const int FirstYear = 1874;

    private static readonly WeightedChoice Years = new([
        1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 2, 0, 5, 6, 3, 1, 13, 7, 14, 8, 13, 5,
        14, 10, 2, 18, 8, 5, 7, 7, 6, 10, 7, 6, 14, 13, 19, 29, 32, 17, 16, 23,
        29, 34, 34, 23, 39, 40, 50, 41, 66, 76, 81, 100, 136, 147, 141, 144, 152, 155, 127, 134,
        152, 147, 146, 145, 142, 147, 128, 156, 157, 174, 184, 196, 194, 200, 191, 209, 218, 244, 220, 224,
        218, 203, 229, 233, 254, 247, 306, 289, 338, 305, 351, 378, 381, 356, 348, 332, 333, 334, 321, 338,
        361, 360, 368, 353, 362, 368, 391, 462, 467, 439, 427, 426, 453, 489, 544, 599, 633, 661, 722, 723,
        789, 865, 905, 882, 992, 1125, 1270, 1320, 1473, 1586, 1501, 1667, 1722, 1889, 1974, 1905, 1604, 532, 5, 0, 1]);

    private static readonly WeightedChoice Months = new([340, 275, 356, 323, 330, 361, 330, 407, 539, 450, 343, 479]);

    public static DateOnly Draw(ref Rng rng)
    {
        int year = FirstYear + Years.Draw(ref rng), month = 1 + Months.Draw(ref rng);
        // When only the year is known, TMDB has January 1.
        return rng.NextBool(.05) ? new(year, 1, 1) : new(year, month, 1 + rng.NextBelow(DateTime.DaysInMonth(year, month)));
    }

    public static void AddDate(this Utf8Buffer buffer, DateOnly date)
    {
        buffer.AddPadded(date.Year, 4);
        buffer.Add((byte)'-');
        buffer.AddPadded(date.Month, 2);
        buffer.Add((byte)'-');
        buffer.AddPadded(date.Day, 2);
    }
}
