using System.Text;
using CineLedger.Model;
using CineLedger.Reports.Profile;

namespace CineLedger.Charts.Profile;

/// <summary>Renders a profile as lines of text that fit the width of the terminal.</summary>
public static class ProfileTerminal
{
    /// <summary>Minimum width for the numbers; a narrower terminal wraps the lines.</summary>
    private const int MinWidth = 60;

    private const int BarCells = 10;

    /// <summary>Returns the lines in UTF-8.</summary>
    public static byte[] Write(LedgerProfile profile, TerminalStyle style) => Encoding.UTF8.GetBytes(string.Concat(Render(profile, style).Select(line => $"{line}\n")));

    private static IEnumerable<string> Render(LedgerProfile profile, TerminalStyle style)
    {
        style = Widen(style);
        IEnumerable<string>[] sections =
        [
            RenderFacts(ProfileText.GetSummary(profile), style),
            RenderFiles(profile.Files, style),
            RenderSection("Known values", RenderKnown(profile, style), style, ProfileText.GetUnknownNote(profile)),
            RenderSection("Distribution of values", RenderQuantiles(ProfileText.GetQuantiles(profile), style), style, ProfileText.QuantileNote),
            RenderSection("Text lengths in characters", RenderQuantiles(ProfileText.GetLengths(profile), style), style),
            RenderSection("Most frequent values with the number of movies", RenderFrequent(profile, style), style),
            RenderSection("Findings", RenderFindings(profile.Findings, style), style),
            RenderSection("Coverage of amounts", RenderCoverage(profile, style), style),
            RenderSection("Largest budgets", RenderMovies(profile.Amounts.LargestBudgets, style), style),
            RenderSection("Largest revenues", RenderMovies(profile.Amounts.LargestRevenues, style), style),
            RenderSection("Suspicious amounts", RenderSuspicious(profile, style), style),
        ];
        return sections.SelectMany(section => section).Select(line => style.IsAscii ? TerminalCells.ToAscii(line) : line);
    }

    /// <summary>Returns the style with a width in which tables remain readable.</summary>
    internal static TerminalStyle Widen(TerminalStyle style) => style with { Width = Math.Max(style.Width, MinWidth) };

    internal static IEnumerable<string> RenderFacts(IEnumerable<(string Name, string Value)> facts, TerminalStyle style) =>
        facts.SelectMany(fact => Wrap($"{fact.Name,-10} {fact.Value}", style, 11));

    /// <summary>Renders how each file is read.</summary>
    internal static IEnumerable<string> RenderFiles(IEnumerable<FileInterpretation> files, TerminalStyle style) => files.SelectMany(file => RenderSection(
        $"How {ProfileText.FormatText(file.Name)} is read", RenderFacts(InterpretationText.GetFacts(file), style), style));

    internal static IEnumerable<string> RenderSection(string title, IEnumerable<string> lines, TerminalStyle style, string note = "")
    {
        var all = lines.ToList();
        return all.Count == 0 ? [] : ["", style.HasColor ? $"\e[1m{title}\e[0m" : title, .. all, .. Wrap(note, style)];
    }

    private static IEnumerable<string> RenderKnown(LedgerProfile profile, TerminalStyle style) => TextTable.Render(
        [
            new(""), new("", Rank: 1), new("%", IsRightAligned: true), new("known", IsRightAligned: true, Rank: 2), new("unknown", IsRightAligned: true),
            .. profile.IsFromSource ? [new TextColumn("zero", IsRightAligned: true)] : Array.Empty<TextColumn>(), new("distinct", IsRightAligned: true),
        ],
        [
            .. ProfileText.GetKnown(profile).Select(row => (string[])
            [
                row.Name, RenderBar(row.Known, row.Known + row.Unknown, style), ProfileText.FormatPercent(row.Known, row.Known + row.Unknown),
                ProfileText.FormatInteger(row.Known), ProfileText.FormatInteger(row.Unknown),
                .. profile.IsFromSource ? [row.Zeros is null ? "" : ProfileText.FormatInteger(row.Zeros)] : Array.Empty<string>(), ProfileText.FormatInteger(row.Distinct),
            ]),
        ],
        style);

    private static IEnumerable<string> RenderQuantiles(IEnumerable<(string Name, IReadOnlyList<string> Values)> quantiles, TerminalStyle style)
    {
        var rows = quantiles.Select(row => (string[])[row.Name, .. row.Values]).ToList();
        TextColumn[] columns =
        [
            new("", CanBeCut: true), new("min", IsRightAligned: true), new("5 %", IsRightAligned: true, Rank: 2), new("25 %", IsRightAligned: true, Rank: 1),
            new("median", IsRightAligned: true),
            new("75 %", IsRightAligned: true, Rank: 1), new("95 %", IsRightAligned: true, Rank: 2), new("max", IsRightAligned: true),
        ];
        return rows.Count == 0 ? [] : TextTable.Render(columns, rows, style);
    }

    private static IEnumerable<string> RenderFrequent(LedgerProfile profile, TerminalStyle style)
    {
        var rows = ProfileText.GetMostFrequent(profile).ToList();
        var names = rows.Count == 0 ? 0 : rows.Max(row => row.Name.Length);
        return rows.Select(row => TerminalCells.FitToWidth($"{row.Name.PadRight(names)}  {FitValues(row.Values, style.Width - names - 2)}", style.Width, style.IsAscii).TrimEnd());
    }

    /// <summary>Returns as many whole values as fit, since a cut number would be wrong, but at least one.</summary>
    private static string FitValues(IReadOnlyList<(string Value, string Movies)> values, int width)
    {
        var line = "";
        foreach (var (value, movies) in values)
        {
            var longer = $"{line}{(line.Length > 0 ? " · " : "")}{value} ({movies})";
            if (line.Length > 0 && TerminalCells.GetWidth(longer) > width)
            {
                return line;
            }

            line = longer;
        }

        return line;
    }

    internal static IEnumerable<string> RenderFindings(IReadOnlyList<RuleProfile> findings, TerminalStyle style)
    {
        if (findings.Count == 0)
        {
            yield return "None.";
        }

        foreach (var rule in findings)
        {
            yield return $"{rule.Kind,-6}  {rule.Rule,-24}{ProfileText.FormatInteger(rule.Count),9}";
            foreach (var example in rule.Examples)
            {
                var what = example.Value is null ? "" : $": {ProfileText.FormatText(example.Value)}";
                yield return TerminalCells.FitToWidth(
                    $"        {ProfileText.FormatText(example.File)}:{example.Line}{(example.Field is { } field ? $" {ProfileText.FormatText(field)}" : "")}{what}",
                    style.Width,
                    style.IsAscii).TrimEnd();
            }
        }
    }

    private static IEnumerable<string> RenderCoverage(LedgerProfile profile, TerminalStyle style)
    {
        if (ProfileCharts.CreateReleases(profile) is { Years.Count: > 1 } movies && ProfileCharts.CreateCoverage(profile) is { } coverage)
        {
            var both = movies with { Series = [.. movies.Series, .. coverage.Series.Select(series => series with { Name = $"{series.Name}, %" })] };
            foreach (var line in TerminalChart.RenderSparklines(both, style))
            {
                yield return line.TrimEnd();
            }

            yield return "";
        }

        var rows = profile.Years.GroupBy(year => year.Year is { } known ? known - (known % 10) : (int?)null)
            .Select(decade => (Name: decade.Key is null ? "undated" : $"{decade.Key}s", Sum: YearCoverage.Sum(decade.Key, decade)))
            .Append((Name: "all", Sum: profile.Total));
        TextColumn[] columns =
        [
            new(""), new("movies", IsRightAligned: true), new("budget"), new("known", IsRightAligned: true, Rank: 1), new("", IsRightAligned: true), new("revenue"),
            new("known", IsRightAligned: true, Rank: 1), new("", IsRightAligned: true), new("both", IsRightAligned: true, Rank: 2), new("", IsRightAligned: true, Rank: 3),
        ];
        foreach (var line in TextTable.Render(
            columns,
            [
                .. rows.Select(row => (string[])
                [
                    row.Name, ProfileText.FormatInteger(row.Sum.Movies),
                    RenderBar(row.Sum.BudgetKnown, row.Sum.Movies, style), ProfileText.FormatInteger(row.Sum.BudgetKnown),
                    ProfileText.FormatPercent(row.Sum.BudgetKnown, row.Sum.Movies),
                    RenderBar(row.Sum.RevenueKnown, row.Sum.Movies, style), ProfileText.FormatInteger(row.Sum.RevenueKnown),
                    ProfileText.FormatPercent(row.Sum.RevenueKnown, row.Sum.Movies),
                    ProfileText.FormatInteger(row.Sum.BothKnown), ProfileText.FormatPercent(row.Sum.BothKnown, row.Sum.Movies),
                ]),
            ],
            style))
        {
            yield return line;
        }

        yield return "For every year, use --format json or --format html.";
    }

    private static IEnumerable<string> RenderMovies(IReadOnlyList<MovieAmounts> movies, TerminalStyle style) => movies.Count == 0 ? [] : TextTable.Render(
        [
            new("movie", IsRightAligned: true, Rank: 1), new("title", CanBeCut: true), new("year", IsRightAligned: true), new("budget", IsRightAligned: true),
            new("revenue", IsRightAligned: true),
        ],
        [
            .. movies.Select(movie => (string[])
            [
                $"{movie.MovieId}", ProfileText.FormatText(movie.Title), ProfileText.FormatYear(movie.Year),
                ProfileText.FormatInteger(movie.Budget), ProfileText.FormatInteger(movie.Revenue),
            ]),
        ],
        style);

    private static IEnumerable<string> RenderSuspicious(LedgerProfile profile, TerminalStyle style) =>
        profile.Amounts.Suspicious.SelectMany((suspicious, i) => (IEnumerable<string>)
        [
            .. i > 0 ? [""] : Array.Empty<string>(),
            $"{suspicious.Rule}: {ProfileText.FormatInteger(suspicious.Movies)} movie{(suspicious.Movies == 1 ? "" : "s")}",
            .. Wrap(suspicious.Explanation, style),
            .. RenderMovies(suspicious.Examples, style),
        ]);

    /// <summary>Renders a share as a bar, visible unless the share is zero.</summary>
    private static string RenderBar(long part, long whole, TerminalStyle style) =>
        part == 0 || whole == 0 ? "" : TerminalChart.RenderBar((double)part / whole * BarCells, style with { HasColor = false }, loss: false);

    /// <summary>Wraps a text at word boundaries.</summary>
    private static IEnumerable<string> Wrap(string text, TerminalStyle style, int indent = 0)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Trim().Length > 0 && TerminalCells.GetWidth(line) + 1 + TerminalCells.GetWidth(word) > style.Width)
            {
                yield return line;
                line = new string(' ', indent) + word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        if (line.Trim().Length > 0)
        {
            yield return TerminalCells.GetWidth(line) > style.Width ? TerminalCells.FitToWidth(line, style.Width, style.IsAscii) : line;
        }
    }
}
