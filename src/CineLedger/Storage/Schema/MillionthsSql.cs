namespace CineLedger.Storage.Schema;

/// <summary>The SQL expression for a decimal with six places as a whole number of millionths.</summary>
internal static class MillionthsSql
{
    /// <summary>
    /// Returns a BIGINT expression; null stays null. The integer part is multiplied separately, because the product of a value of a million or more
    /// would exceed DuckDB's 18 digits, and wider decimals multiply forty times slower.
    /// </summary>
    public static string Build(string value) => $"(CAST(FLOOR({value}) AS BIGINT) * 1000000 + CAST(({value} - FLOOR({value})) * 1000000 AS BIGINT))";
}
