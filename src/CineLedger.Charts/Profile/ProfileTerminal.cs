using CineLedger.Reports;
using CineLedger.Reports.Profile;

namespace CineLedger.Charts.Profile;

/// <summary>A profile as lines of text, none longer than the terminal is wide.</summary>
internal static class ProfileTerminal
{
    /// <summary>Narrower than this, numbers have no room: then the terminal breaks the lines.</summary>
    public const int LeastWidth = 60;

    private const int BarCells = 10;

    public static IEnumerable<string> Lines(LedgerProfile profile, TerminalStyle style)
    {
        style = style with { Width = Math.Max(style.Width, LeastWidth) };
        IEnumerable<string>[] sections =
        [
            ProfileText.Head(profile).SelectMany(line => Wrap($"{line.Name,-10} {line.Value}", style, 11)),
            Section("What is known", Known(profile, style), style, ProfileText.UnknownNote(profile)),
            Section("Where the values lie", Spreads(profile, style), style, ProfileText.QuantileNote),
            Section("How long texts are, in characters", Lengths(profile, style), style),
            Section("Most frequent values, and how many films have them", Frequent(profile, style), style),
            Section("Findings", Findings(profile, style), style),
            Section("How far amounts are known", Coverage(profile, style), style),
            Section("Largest budgets", Films(profile.Amounts.LargestBudgets, style), style),
            Section("Largest revenues", Films(profile.Amounts.LargestRevenues, style), style),
            Section("Amounts to look at again", Doubts(profile, style), style),
        ];
        return sections.SelectMany(section => section).Select(line => style.Ascii ? TerminalText.Ascii(line) : line);
    }

    private static IEnumerable<string> Section(string title, IEnumerable<string> lines, TerminalStyle style, string note = "")
    {
        var all = lines.ToList();
        return all.Count == 0 ? [] : ["", style.Colour ? $"\e[1m{title}\e[0m" : title, .. all, .. Wrap(note, style)];
    }

    private static IEnumerable<string> Known(LedgerProfile profile, TerminalStyle style)
    {
        var rows = profile.Columns
            .Select(column => (column.Name, column.Known, column.Unknown, column.Zeros, column.Distinct))
            .Concat(profile.Links.Select(link => (link.Name, link.Known, link.Unknown, Zeros: (long?)null, link.Distinct)));
        TextColumn[] columns =
        [
            new(""), new("", Rank: 1), new("known", Right: true), new("films", Right: true, Rank: 2), new("unknown", Right: true),
            .. profile.OfSource ? [new TextColumn("zero", Right: true)] : Array.Empty<TextColumn>(), new("distinct", Right: true),
        ];
        return TextTable.Lines(
            columns,
            [
                .. rows.Select(row => (string[])
                [
                    ProfileText.Name(row.Name), Bar(row.Known, row.Known + row.Unknown, style), ProfileText.Percent(row.Known, row.Known + row.Unknown),
                    ProfileText.Whole(row.Known), ProfileText.Whole(row.Unknown),
                    .. profile.OfSource ? [row.Zeros is null ? "" : ProfileText.Whole(row.Zeros)] : Array.Empty<string>(), ProfileText.Whole(row.Distinct),
                ]),
            ],
            style);
    }

    private static IEnumerable<string> Spreads(LedgerProfile profile, TerminalStyle style) => Quantiles(
        profile.Columns.Where(column => column.Spread is not null).Select(column => (column.Name, column.Kind, column.Spread!))
            .Concat(profile.Links.Where(link => link.PerFilm is not null).Select(link => (ProfileText.PerFilm(link), ColumnKind.Whole, link.PerFilm!))),
        style);

    private static IEnumerable<string> Lengths(LedgerProfile profile, TerminalStyle style) =>
        Quantiles(profile.Columns.Where(column => column.Lengths is not null).Select(column => (column.Name, ColumnKind.Whole, column.Lengths!)), style);

    private static IEnumerable<string> Quantiles(IEnumerable<(string Name, ColumnKind Kind, Spread Spread)> spreads, TerminalStyle style)
    {
        var rows = spreads.Select(row => (string[])
            [ProfileText.Name(row.Name), .. Values(row.Spread).Select(value => ProfileText.Value(row.Kind, value))]).ToList();
        TextColumn[] columns =
        [
            new("", Cut: true), new("least", Right: true), new("5 %", Right: true, Rank: 2), new("25 %", Right: true, Rank: 1), new("median", Right: true),
            new("75 %", Right: true, Rank: 1), new("95 %", Right: true, Rank: 2), new("largest", Right: true),
        ];
        return rows.Count == 0 ? [] : TextTable.Lines(columns, rows, style);
    }

    private static string[] Values(Spread spread) => [spread.Min, spread.P5, spread.P25, spread.Median, spread.P75, spread.P95, spread.Max];

    private static IEnumerable<string> Frequent(LedgerProfile profile, TerminalStyle style)
    {
        var rows = ProfileText.MostFrequent(profile).ToList();
        var names = rows.Count == 0 ? 0 : rows.Max(row => row.Name.Length);
        return rows.Select(row => TerminalText.Pad($"{row.Name.PadRight(names)}  {Whole(row.Values, style.Width - names - 2)}", style.Width, style.Ascii).TrimEnd());
    }

    /// <summary>As many values as there is room for: half a number would be another one. The first is there in any case.</summary>
    private static string Whole(IReadOnlyList<(string Value, string Films)> values, int room)
    {
        var line = "";
        foreach (var (value, films) in values)
        {
            var longer = $"{line}{(line.Length > 0 ? " · " : "")}{value} ({films})";
            if (line.Length > 0 && TerminalText.Width(longer) > room)
            {
                return line;
            }

            line = longer;
        }

        return line;
    }

    private static IEnumerable<string> Findings(LedgerProfile profile, TerminalStyle style)
    {
        if (profile.Findings.Count == 0)
        {
            yield return "None.";
        }

        foreach (var rule in profile.Findings)
        {
            yield return $"{rule.Kind,-6}  {rule.Rule,-24}{ProfileText.Whole(rule.Count),9}";
            foreach (var example in rule.Examples)
            {
                var what = example.Value is null ? "" : $": {ProfileText.Text(example.Value)}";
                yield return TerminalText.Pad($"        {ProfileText.Text(example.File)}:{example.Line}{(example.Field is { } field ? $" {ProfileText.Text(field)}" : "")}{what}", style.Width, style.Ascii).TrimEnd();
            }
        }
    }

    private static IEnumerable<string> Coverage(LedgerProfile profile, TerminalStyle style)
    {
        if (ProfileCharts.Films(profile) is { Years.Count: > 1 } films && ProfileCharts.Coverage(profile) is { } coverage)
        {
            var both = films with { Series = [.. films.Series, .. coverage.Series.Select(series => series with { Name = $"{series.Name}, %" })] };
            foreach (var line in TerminalChart.Sparklines(both, style))
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
            new(""), new("films", Right: true), new("budget"), new("known", Right: true, Rank: 1), new("", Right: true), new("revenue"),
            new("known", Right: true, Rank: 1), new("", Right: true), new("both", Right: true, Rank: 2), new("", Right: true, Rank: 3),
        ];
        foreach (var line in TextTable.Lines(
            columns,
            [
                .. rows.Select(row => (string[])
                [
                    row.Name, ProfileText.Whole(row.Sum.Films),
                    Bar(row.Sum.BudgetKnown, row.Sum.Films, style), ProfileText.Whole(row.Sum.BudgetKnown), ProfileText.Percent(row.Sum.BudgetKnown, row.Sum.Films),
                    Bar(row.Sum.RevenueKnown, row.Sum.Films, style), ProfileText.Whole(row.Sum.RevenueKnown), ProfileText.Percent(row.Sum.RevenueKnown, row.Sum.Films),
                    ProfileText.Whole(row.Sum.BothKnown), ProfileText.Percent(row.Sum.BothKnown, row.Sum.Films),
                ]),
            ],
            style))
        {
            yield return line;
        }

        yield return "Year by year: --format json, --format html.";
    }

    private static IEnumerable<string> Films(IReadOnlyList<FilmAmounts> films, TerminalStyle style) => films.Count == 0 ? [] : TextTable.Lines(
        [new("film", Right: true, Rank: 1), new("title", Cut: true), new("year", Right: true), new("budget", Right: true), new("revenue", Right: true)],
        [
            .. films.Select(film => (string[])
            [
                $"{film.MovieId}", ProfileText.Text(film.Title), ProfileText.Year(film.Year), ProfileText.Whole(film.Budget), ProfileText.Whole(film.Revenue),
            ]),
        ],
        style);

    private static IEnumerable<string> Doubts(LedgerProfile profile, TerminalStyle style) => profile.Amounts.Doubts.SelectMany((doubt, i) => (IEnumerable<string>)
    [
        .. i > 0 ? [""] : Array.Empty<string>(),
        $"{doubt.Rule}: {ProfileText.Whole(doubt.Films)} film{(doubt.Films == 1 ? "" : "s")}",
        .. Wrap(doubt.Why, style),
        .. Films(doubt.Examples, style),
    ]);

    /// <summary>A share as a bar; one that is not nothing is seen.</summary>
    private static string Bar(long part, long whole, TerminalStyle style) =>
        part == 0 || whole == 0 ? "" : TerminalChart.Bar((double)part / whole * BarCells, style with { Colour = false }, loss: false);

    /// <summary>Lines of whole words.</summary>
    private static IEnumerable<string> Wrap(string text, TerminalStyle style, int indent = 0)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Trim().Length > 0 && TerminalText.Width(line) + 1 + TerminalText.Width(word) > style.Width)
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
            yield return TerminalText.Width(line) > style.Width ? TerminalText.Pad(line, style.Width, style.Ascii) : line;
        }
    }
}
