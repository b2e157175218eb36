using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.DuckDb;

/// <summary>Adapts the schema scripts to DuckDB.</summary>
internal static class DuckDbSchema
{
    /// <summary>The variable that pins the snapshot of the views in a session.</summary>
    public const string SnapshotVariable = "snapshot";

    /// <summary>
    /// Inserts the variable into the views, and disables compression of text columns with mostly distinct values. DuckDB would search them for repetitions before
    /// it writes a row group, which takes a third of the time for writing movies and makes the file only 5 % smaller.
    /// </summary>
    public static string Adapt(string script)
    {
        foreach (var field in MovieField.All.Where(field => field.Kind == MovieFieldKind.Text))
        {
            script = script.Replace($"\n    {field.Name,-15} TEXT,", $"\n    {field.Name,-15} TEXT USING COMPRESSION uncompressed,", StringComparison.Ordinal);
        }

        return script.Replace(Migrations.PinnedSnapshot, $"getvariable('{SnapshotVariable}')", StringComparison.Ordinal);
    }
}
