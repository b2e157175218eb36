namespace CineLedger.Storage.DuckDb;

/// <summary>What DuckDB makes of the scripts of tables.</summary>
internal static class DuckDbSchema
{
    /// <summary>
    /// Texts of which hardly two are alike. DuckDB would look through all of them for repetitions before it writes a row group, in vain: a third of
    /// the time that writing films takes, for a file that is 5 % smaller.
    /// </summary>
    private static readonly string[] DifferentTexts = ["title", "original_title", "imdb_id", "homepage", "poster_path", "tagline", "overview"];

    /// <summary>A script with what this engine alone is told of columns.</summary>
    public static string Of(string script)
    {
        foreach (var column in DifferentTexts)
        {
            script = script.Replace($"\n    {column,-15} TEXT,", $"\n    {column,-15} TEXT USING COMPRESSION uncompressed,", StringComparison.Ordinal);
        }

        return script;
    }
}
