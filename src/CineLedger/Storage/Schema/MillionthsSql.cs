namespace CineLedger.Storage.Schema;

/// <summary>A decimal of six places as a whole number of millionths, in SQL.</summary>
internal static class MillionthsSql
{
    /// <summary>
    /// As BIGINT; null stays null. Multiplied at once, a value of a million and more would leave DuckDB's 18 digits, and with more of them it multiplies
    /// forty times slower.
    /// </summary>
    public static string Build(string value) => $"(CAST(FLOOR({value}) AS BIGINT) * 1000000 + CAST(({value} - FLOOR({value})) * 1000000 AS BIGINT))";
}
