using System.Globalization;
using System.Text;
using CineLedger.Reports;
using CineLedger.Reports.Profile;
using static CineLedger.Charts.Profile.HtmlColumn;
using static CineLedger.Charts.Profile.HtmlTable;

namespace CineLedger.Charts.Profile;

/// <summary>The sections of a profile page.</summary>
internal static class ProfileSections
{
    /// <summary>The section headings and their anchors.</summary>
    public static IReadOnlyList<(string Id, string Heading)> Headings { get; } =
    [
        ("coverage", "Coverage of amounts"), ("known", "Known values"), ("values", "Distribution of values"), ("frequent", "Most frequent values"),
        ("genres", "Genres"), ("findings", "Findings"), ("largest", "Largest amounts"), ("suspicious", "Suspicious amounts"),
    ];

    public static void Write(StringBuilder page, LedgerProfile profile)
    {
        Action<StringBuilder, LedgerProfile>[] sections = [WriteCoverage, WriteKnown, WriteValues, WriteFrequent, WriteGenres, WriteFindings, WriteLargest, WriteSuspicious];
        for (var i = 0; i < sections.Length; i++)
        {
            var (id, heading) = Headings[i];
            page.Append(CultureInfo.InvariantCulture, $"<section id=\"{id}\" aria-labelledby=\"{id}-heading\">\n<h2 id=\"{id}-heading\">{Escape(heading)}</h2>\n");
            sections[i](page, profile);
            page.Append("</section>\n");
        }
    }

    private static void WriteCoverage(StringBuilder page, LedgerProfile profile)
    {
        WriteChart(
            page,
            "Movies with known amounts, % of each year's movies",
            ProfileSvg.RenderLines("coverage-picture", "Movies with known amounts by year, in percent", ProfileCharts.CreateCoverage(profile)),
            wide: true,
            [.. ProfileCharts.CreateCoverage(profile)?.Series.Select(series => series.Name) ?? []]);
        WriteChart(page, "Movies by year", ProfileSvg.RenderBars("movies-picture", "Movies by year", ProfileCharts.CreateReleases(profile)), wide: true);
        page.Append("<div class=\"pair\">\n");
        WriteChart(
            page, "Budgets by size, in dollars", ProfileSvg.RenderRanking("budgets-picture", "Budgets by size", ProfileCharts.CreateSizes(profile, size => size.Budgets)));
        WriteChart(
            page, "Revenues by size, in dollars", ProfileSvg.RenderRanking("revenues-picture", "Revenues by size", ProfileCharts.CreateSizes(profile, size => size.Revenues)));
        page.Append("</div>\n<details><summary>Year by year</summary>\n");
        HtmlTable.Write(
            page,
            "Coverage of amounts by year",
            [
                new("year"), ForNumbers("movies"), ForNumbers("budget known"), ForNumbers("%"), ForNumbers("revenue known"), ForNumbers("%"),
                ForNumbers("both known"), ForNumbers("%"),
            ],
            profile.Years.Select(year => (string[])
            [
                year.Year is null ? "undated" : ProfileText.FormatYear(year.Year), ProfileText.FormatInteger(year.Movies),
                ProfileText.FormatInteger(year.BudgetKnown), FormatPercent(year.BudgetKnown, year.Movies),
                ProfileText.FormatInteger(year.RevenueKnown), FormatPercent(year.RevenueKnown, year.Movies),
                ProfileText.FormatInteger(year.BothKnown), FormatPercent(year.BothKnown, year.Movies),
            ]));
        page.Append("</details>\n");
    }

    private static void WriteKnown(StringBuilder page, LedgerProfile profile)
    {
        var zeros = profile.IsFromSource;
        var rows = profile.Columns.Select(column => (column.Name, column.Known, column.Unknown, column.Zeros, column.Distinct))
            .Concat(profile.Links.Select(link => (link.Name, link.Known, link.Unknown, Zeros: (long?)null, link.Distinct)));
        HtmlTable.Write(
            page,
            "Known values by column",
            [
                new("column"), new("known"), ForNumbers("%"), ForNumbers("movies"), ForNumbers("unknown"),
                .. zeros ? [ForNumbers("zero")] : Array.Empty<HtmlColumn>(), ForNumbers("distinct values"),
            ],
            rows.Select(row => (string[])
            [
                FormatName(row.Name), FormatBar(row.Known, row.Known + row.Unknown), FormatPercent(row.Known, row.Known + row.Unknown), ProfileText.FormatInteger(row.Known),
                ProfileText.FormatInteger(row.Unknown), .. zeros ? [row.Zeros is null ? "" : ProfileText.FormatInteger(row.Zeros)] : Array.Empty<string>(),
                ProfileText.FormatInteger(row.Distinct),
            ]));
        WriteNote(page, ProfileText.GetUnknownNote(profile));
    }

    private static void WriteValues(StringBuilder page, LedgerProfile profile)
    {
        WriteQuantiles(
            page,
            "Numbers and dates",
            profile.Columns.Where(column => column.Quantiles is not null).Select(column => (column.Name, column.Kind, column.Quantiles!))
                .Concat(profile.Links.Where(link => link.PerMovie is not null).Select(link => (ProfileText.GetPerMovieTitle(link), ColumnKind.Integer, link.PerMovie!))));
        WriteQuantiles(
            page,
            "Text lengths in characters",
            profile.Columns.Where(column => column.Lengths is not null).Select(column => (column.Name, ColumnKind.Integer, column.Lengths!)));
        WriteNote(page, ProfileText.QuantileNote);
        var texts = profile.Columns.Where(column => column is { Kind: ColumnKind.Text, Min: not null }).ToList();
        if (texts.Count > 0)
        {
            page.Append("<details><summary>First and last texts, sorted by code point</summary>\n");
            HtmlTable.Write(
                page, "First and last texts", [new("column"), ForText("first"), ForText("last")],
                texts.Select(column => (string[])[FormatName(column.Name), EscapeData(ProfileText.FormatText(column.Min)), EscapeData(ProfileText.FormatText(column.Max))]));
            page.Append("</details>\n");
        }
    }

    private static void WriteQuantiles(StringBuilder page, string heading, IEnumerable<(string Name, ColumnKind Kind, Quantiles Spread)> spreads)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h3>{Escape(heading)}</h3>\n");
        HtmlTable.Write(
            page,
            heading,
            [new("column"), ForNumbers("min"), ForNumbers("5 %"), ForNumbers("25 %"), ForNumbers("median"), ForNumbers("75 %"), ForNumbers("95 %"), ForNumbers("max")],
            spreads.Select(row => (string[])
            [
                FormatName(row.Name),
                .. new[] { row.Spread.Min, row.Spread.P5, row.Spread.P25, row.Spread.Median, row.Spread.P75, row.Spread.P95, row.Spread.Max }
                    .Select(value => Escape(ProfileText.FormatValue(row.Kind, value))),
            ]));
    }

    private static void WriteFrequent(StringBuilder page, LedgerProfile profile) => HtmlTable.Write(
        page,
        "Most frequent values with the number of movies",
        [new("column"), ForText("values and number of movies")],
        ProfileText.GetMostFrequent(profile).Select(row => (string[])
        [
            Escape(row.Name),
            $"<ul class=\"values\">{string.Concat(row.Values.Select(value => $"<li>{EscapeData(value.Value)} <span class=\"count\">{value.Movies}</span></li>"))}</ul>",
        ]));

    private static void WriteGenres(StringBuilder page, LedgerProfile profile)
    {
        var genres = profile.Links.First(link => link.Name == "genres");
        page.Append(
            CultureInfo.InvariantCulture,
            $"<p>{ProfileText.FormatInteger(genres.Distinct)} genres; {ProfileText.FormatInteger(genres.Unknown)} movies have none. " +
            $"A movie with several genres counts for each.</p>\n");
        WriteChart(page, "Movies by genre", ProfileSvg.RenderRanking("genres-picture", "Movies by genre", ProfileCharts.CreateNames(genres), wide: true), wide: true);
    }

    private static void WriteFindings(StringBuilder page, LedgerProfile profile)
    {
        page.Append("<p>What the cleaner repaired, rejected, dropped and flagged while the data was loaded, with the first examples of each rule.</p>\n");
        if (profile.Findings.Count == 0)
        {
            page.Append("<p>None.</p>\n");
            return;
        }

        HtmlTable.Write(
            page,
            "Findings by rule",
            [new("rule"), new("kind"), ForNumbers("findings"), ForText("first examples: file and line, field, value")],
            profile.Findings.Select(rule => (string[])
            [
                $"<code>{Escape(rule.Rule)}</code>", Escape(rule.Kind), ProfileText.FormatInteger(rule.Count), string.Concat(rule.Examples.Select(FormatExample)),
            ]));
    }

    private static string FormatExample(FindingExample example)
    {
        var field = example.Field is null ? "" : $" <code>{Escape(ProfileText.FormatText(example.Field))}</code>";
        var value = example.Value is null ? "" : $" {EscapeData(ProfileText.FormatText(example.Value))}";
        return $"<div><span class=\"count\">{Escape(ProfileText.FormatText(example.File))}:{example.Line.ToString(CultureInfo.InvariantCulture)}</span>{field}{value}</div>";
    }

    private static void WriteLargest(StringBuilder page, LedgerProfile profile)
    {
        page.Append("<h3>Budgets</h3>\n");
        WriteMovies(page, "Largest budgets", profile.Amounts.LargestBudgets);
        page.Append("<h3>Revenues</h3>\n");
        WriteMovies(page, "Largest revenues", profile.Amounts.LargestRevenues);
    }

    private static void WriteSuspicious(StringBuilder page, LedgerProfile profile)
    {
        page.Append("<p>These amounts are not necessarily wrong, but worth checking first.</p>\n");
        foreach (var suspicious in profile.Amounts.Suspicious)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<h3><code>{Escape(suspicious.Rule)}</code>: {ProfileText.FormatInteger(suspicious.Movies)} movie{(suspicious.Movies == 1 ? "" : "s")}</h3>\n" +
                $"<p class=\"why\">{Escape(suspicious.Explanation)}</p>\n");
            if (suspicious.Examples.Count > 0)
            {
                WriteMovies(page, $"Examples of {suspicious.Rule}", suspicious.Examples);
            }
        }
    }

    private static void WriteMovies(StringBuilder page, string label, IReadOnlyList<MovieAmounts> movies)
    {
        if (movies.Count == 0)
        {
            page.Append("<p>None known.</p>\n");
            return;
        }

        HtmlTable.Write(
            page,
            label,
            [new("title", "t"), ForNumbers("year"), ForNumbers("budget"), ForNumbers("revenue"), ForNumbers("movie")],
            movies.Select(movie => (string[])
            [
                EscapeData(ProfileText.FormatText(movie.Title)), ProfileText.FormatYear(movie.Year),
                ProfileText.FormatInteger(movie.Budget), ProfileText.FormatInteger(movie.Revenue),
                movie.MovieId.ToString(CultureInfo.InvariantCulture),
            ]));
    }

    private static void WriteChart(StringBuilder page, string caption, string? image, bool wide = false, params string[] keys)
    {
        if (image is not null)
        {
            var label = wide ? $"<div class=\"scroll wide\" role=\"region\" tabindex=\"0\" aria-label=\"{Escape(caption)}\">" : "<div>";
            var legend = string.Concat(keys.Select(key => $"<span class=\"key\">{Escape(key)}</span>"));
            page.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{Escape(caption)}</figcaption>{legend}{label}\n{image}\n</div></figure>\n");
        }
    }

    private static string FormatBar(long part, long whole)
    {
        var width = whole == 0 ? 0 : decimal.Round(part * 100m / whole, 1);
        return part == 0 ? "<span class=\"bar\"></span>" : string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar\"><i style=\"width:{width:0.0}%\"></i></span>");
    }

    private static string FormatName(string name) => Escape(ProfileText.GetDisplayName(name));

    private static string FormatPercent(long part, long whole) => Escape(ProfileText.FormatPercent(part, whole));

    private static void WriteNote(StringBuilder page, string text) => page.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Escape(text)}</p>\n");
}
