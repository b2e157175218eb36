using System.Text;
using CineLedger.Reports.Views;

namespace CineLedger.Tests.Reports.Views;

/// <summary>The text of the script that creates the views in the store.</summary>
internal static class ViewScript
{
    private const string Head =
        """
        -- Views of one snapshot, generated from the definitions in src/CineLedger/Reports/Views. A test fails if it is out of date (CINELEDGER_WRITE_DOCS=1 regenerates it).
        -- {pinned} stands for the engine's session setting with the snapshot's number.

        """;

    public static string Write(IEnumerable<SnapshotView> views)
    {
        var script = new StringBuilder(Head);
        foreach (var view in views)
        {
            script.Append('\n').AppendLine($"CREATE VIEW {view.Name} AS").Append(view.BuildStoredSql()).AppendLine(";");
            script.AppendLine($"COMMENT ON VIEW {view.Name} IS {Quote(view.Meaning)};");
            foreach (var column in view.Columns)
            {
                script.AppendLine($"COMMENT ON COLUMN {view.Name}.{column.Name} IS {Quote(column.Meaning)};");
            }
        }

        return script.ToString().ReplaceLineEndings("\n");
    }

    public static string Quote(string text) => $"'{text.Replace("`", "", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
