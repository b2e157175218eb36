using System.Text;
using CineLedger.Loading;

namespace CineLedger.Charts.Profile;

/// <summary>Renders the result of a dry run as lines of text that fit the width of the terminal.</summary>
public static class DryRunTerminal
{
    /// <summary>Returns the lines in UTF-8.</summary>
    public static byte[] Write(DryRun run, TerminalStyle style) => Encoding.UTF8.GetBytes(string.Concat(Render(run, style).Select(line => $"{line}\n")));

    private static IEnumerable<string> Render(DryRun run, TerminalStyle style)
    {
        style = ProfileTerminal.Widen(style);
        IEnumerable<string>[] sections =
        [
            ProfileTerminal.RenderFacts(DryRunText.GetSummary(run), style),
            ProfileTerminal.RenderFiles(run.Files, style),
            ProfileTerminal.RenderSection("Findings", run.Counts is null ? [] : ProfileTerminal.RenderFindings(run.Findings, style), style),
            ProfileTerminal.RenderSection("Gates", RenderGates(run, style), style),
        ];
        return sections.SelectMany(section => section).Select(line => style.IsAscii ? TerminalCells.ToAscii(line) : line);
    }

    private static IEnumerable<string> RenderGates(DryRun run, TerminalStyle style) => run.Violations.Count == 0
        ? ["No gate would fire."]
        : ProfileTerminal.RenderFacts(
            run.Violations.Select(violation =>
                (violation.Gate, $"{ProfileText.FormatText(violation.Message, int.MaxValue / 8)}{(violation.AcceptedBy is null ? "" : " (accepted)")}")),
            style);
}
