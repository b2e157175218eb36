using System.Globalization;
using System.Text;
using CineLedger.Reports;
using CineLedger.Reports.Profile;
using static CineLedger.Charts.Profile.HtmlColumn;
using static CineLedger.Charts.Profile.HtmlTable;

namespace CineLedger.Charts.Profile;

/// <summary>The sections of a profile's page.</summary>
internal static class ProfileSections
{
    /// <summary>What its parts are called, by their anchors.</summary>
    public static IReadOnlyList<(string Id, string Heading)> Headings { get; } =
    [
        ("coverage", "How far amounts are known"), ("known", "What is known"), ("values", "Where the values lie"), ("frequent", "Most frequent values"),
        ("genres", "Genres"), ("findings", "Findings"), ("largest", "Largest amounts"), ("suspicious", "Amounts to look at again"),
    ];

    public static void Write(StringBuilder page, LedgerProfile profile)
    {
        Action<StringBuilder, LedgerProfile>[] sections = [Coverage, Known, Values, Frequent, Genres, Findings, Largest, Suspicious];
        for (var i = 0; i < sections.Length; i++)
        {
            var (id, heading) = Headings[i];
            page.Append(CultureInfo.InvariantCulture, $"<section id=\"{id}\" aria-labelledby=\"{id}-heading\">\n<h2 id=\"{id}-heading\">{Escape(heading)}</h2>\n");
            sections[i](page, profile);
            page.Append("</section>\n");
        }
    }

    private static void Coverage(StringBuilder page, LedgerProfile profile)
    {
        Figure(
            page,
            "Films with known amounts, % of each year's films",
            ProfilePictures.Lines("coverage-picture", "Films with known amounts by year, in per cent", ProfileCharts.Coverage(profile)),
            wide: true,
            [.. ProfileCharts.Coverage(profile)?.Series.Select(series => series.Name) ?? []]);
        Figure(page, "Films by year", ProfilePictures.Bars("films-picture", "Films by year", ProfileCharts.Films(profile)), wide: true);
        page.Append("<div class=\"pair\">\n");
        Figure(page, "Budgets by size, in dollars", ProfilePictures.Ranking("budgets-picture", "Budgets by size", ProfileCharts.Sizes(profile, size => size.Budgets)));
        Figure(page, "Revenues by size, in dollars", ProfilePictures.Ranking("revenues-picture", "Revenues by size", ProfileCharts.Sizes(profile, size => size.Revenues)));
        page.Append("</div>\n<details><summary>Year by year</summary>\n");
        HtmlTable.Write(
            page,
            "How far amounts are known, year by year",
            [new("year"), Number("films"), Number("budget known"), Number("%"), Number("revenue known"), Number("%"), Number("both known"), Number("%")],
            profile.Years.Select(year => (string[])
            [
                year.Year is null ? "undated" : ProfileText.Year(year.Year), ProfileText.Whole(year.Films),
                ProfileText.Whole(year.BudgetKnown), Percent(year.BudgetKnown, year.Films),
                ProfileText.Whole(year.RevenueKnown), Percent(year.RevenueKnown, year.Films),
                ProfileText.Whole(year.BothKnown), Percent(year.BothKnown, year.Films),
            ]));
        page.Append("</details>\n");
    }

    private static void Known(StringBuilder page, LedgerProfile profile)
    {
        var zeros = profile.OfSource;
        var rows = profile.Columns.Select(column => (column.Name, column.Known, column.Unknown, column.Zeros, column.Distinct))
            .Concat(profile.Links.Select(link => (link.Name, link.Known, link.Unknown, Zeros: (long?)null, link.Distinct)));
        HtmlTable.Write(
            page,
            "What is known of films",
            [new("column"), new("known"), Number("%"), Number("films"), Number("unknown"), .. zeros ? [Number("of which zero")] : Array.Empty<HtmlColumn>(), Number("distinct values")],
            rows.Select(row => (string[])
            [
                Name(row.Name), Bar(row.Known, row.Known + row.Unknown), Percent(row.Known, row.Known + row.Unknown), ProfileText.Whole(row.Known),
                ProfileText.Whole(row.Unknown), .. zeros ? [row.Zeros is null ? "" : ProfileText.Whole(row.Zeros)] : Array.Empty<string>(), ProfileText.Whole(row.Distinct),
            ]));
        Note(page, ProfileText.UnknownNote(profile));
    }

    private static void Values(StringBuilder page, LedgerProfile profile)
    {
        Quantiles(
            page,
            "Numbers and days",
            profile.Columns.Where(column => column.Spread is not null).Select(column => (column.Name, column.Kind, column.Spread!))
                .Concat(profile.Links.Where(link => link.PerFilm is not null).Select(link => (ProfileText.PerFilm(link), ColumnKind.Whole, link.PerFilm!))));
        Quantiles(
            page,
            "Lengths of texts, in characters",
            profile.Columns.Where(column => column.Lengths is not null).Select(column => (column.Name, ColumnKind.Whole, column.Lengths!)));
        Note(page, ProfileText.QuantileNote);
        var texts = profile.Columns.Where(column => column is { Kind: ColumnKind.Text, Min: not null }).ToList();
        if (texts.Count > 0)
        {
            page.Append("<details><summary>First and last texts in the order of characters</summary>\n");
            HtmlTable.Write(
                page, "First and last texts", [new("column"), Text("first"), Text("last")],
                texts.Select(column => (string[])[Name(column.Name), Data(ProfileText.Text(column.Min)), Data(ProfileText.Text(column.Max))]));
            page.Append("</details>\n");
        }
    }

    private static void Quantiles(StringBuilder page, string heading, IEnumerable<(string Name, ColumnKind Kind, Spread Spread)> spreads)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h3>{Escape(heading)}</h3>\n");
        HtmlTable.Write(
            page,
            heading,
            [new("column"), Number("least"), Number("5 %"), Number("25 %"), Number("median"), Number("75 %"), Number("95 %"), Number("largest")],
            spreads.Select(row => (string[])
            [
                Name(row.Name),
                .. new[] { row.Spread.Min, row.Spread.P5, row.Spread.P25, row.Spread.Median, row.Spread.P75, row.Spread.P95, row.Spread.Max }
                    .Select(value => Escape(ProfileText.Value(row.Kind, value))),
            ]));
    }

    private static void Frequent(StringBuilder page, LedgerProfile profile) => HtmlTable.Write(
        page,
        "The most frequent values, and how many films have them",
        [new("column"), Text("values, and how many films have them")],
        ProfileText.MostFrequent(profile).Select(row => (string[])
        [
            Escape(row.Name),
            $"<ul class=\"values\">{string.Concat(row.Values.Select(value => $"<li>{Data(value.Value)} <span class=\"count\">{value.Films}</span></li>"))}</ul>",
        ]));

    private static void Genres(StringBuilder page, LedgerProfile profile)
    {
        var genres = profile.Links.First(link => link.Name == "genres");
        page.Append(CultureInfo.InvariantCulture, $"<p>{ProfileText.Whole(genres.Distinct)} genres; {ProfileText.Whole(genres.Unknown)} films have none. A film of several counts for each.</p>\n");
        Figure(page, "Films by genre", ProfilePictures.Ranking("genres-picture", "Films by genre", ProfileCharts.Names(genres), wide: true), wide: true);
    }

    private static void Findings(StringBuilder page, LedgerProfile profile)
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
            [new("rule"), new("kind"), Number("findings"), Text("first examples: file and line, field, value")],
            profile.Findings.Select(rule => (string[])
            [
                $"<code>{Escape(rule.Rule)}</code>", Escape(rule.Kind), ProfileText.Whole(rule.Count), string.Concat(rule.Examples.Select(Example)),
            ]));
    }

    private static string Example(FindingExample example)
    {
        var field = example.Field is null ? "" : $" <code>{Escape(ProfileText.Text(example.Field))}</code>";
        var value = example.Value is null ? "" : $" {Data(ProfileText.Text(example.Value))}";
        return $"<div><span class=\"count\">{Escape(ProfileText.Text(example.File))}:{example.Line.ToString(CultureInfo.InvariantCulture)}</span>{field}{value}</div>";
    }

    private static void Largest(StringBuilder page, LedgerProfile profile)
    {
        page.Append("<h3>Budgets</h3>\n");
        Films(page, "Largest budgets", profile.Amounts.LargestBudgets);
        page.Append("<h3>Revenues</h3>\n");
        Films(page, "Largest revenues", profile.Amounts.LargestRevenues);
    }

    private static void Suspicious(StringBuilder page, LedgerProfile profile)
    {
        page.Append("<p>None of this is proof of an error: these are the films to look at first.</p>\n");
        foreach (var doubt in profile.Amounts.Doubts)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<h3><code>{Escape(doubt.Rule)}</code>: {ProfileText.Whole(doubt.Films)} film{(doubt.Films == 1 ? "" : "s")}</h3>\n<p class=\"why\">{Escape(doubt.Why)}</p>\n");
            if (doubt.Examples.Count > 0)
            {
                Films(page, $"Examples of {doubt.Rule}", doubt.Examples);
            }
        }
    }

    private static void Films(StringBuilder page, string label, IReadOnlyList<FilmAmounts> films)
    {
        if (films.Count == 0)
        {
            page.Append("<p>None is known.</p>\n");
            return;
        }

        HtmlTable.Write(
            page,
            label,
            [new("title", "t"), Number("year"), Number("budget"), Number("revenue"), Number("film")],
            films.Select(film => (string[])
            [
                Data(ProfileText.Text(film.Title)), ProfileText.Year(film.Year), ProfileText.Whole(film.Budget), ProfileText.Whole(film.Revenue),
                film.MovieId.ToString(CultureInfo.InvariantCulture),
            ]));
    }

    private static void Figure(StringBuilder page, string caption, string? picture, bool wide = false, params string[] keys)
    {
        if (picture is not null)
        {
            var label = wide ? $"<div class=\"scroll wide\" role=\"region\" tabindex=\"0\" aria-label=\"{Escape(caption)}\">" : "<div>";
            var legend = string.Concat(keys.Select(key => $"<span class=\"key\">{Escape(key)}</span>"));
            page.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{Escape(caption)}</figcaption>{legend}{label}\n{picture}\n</div></figure>\n");
        }
    }

    private static string Bar(long part, long whole)
    {
        var width = whole == 0 ? 0 : decimal.Round(part * 100m / whole, 1);
        return part == 0 ? "<span class=\"bar\"></span>" : string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar\"><i style=\"width:{width:0.0}%\"></i></span>");
    }

    private static string Name(string name) => Escape(ProfileText.Name(name));

    private static string Percent(long part, long whole) => Escape(ProfileText.Percent(part, whole));

    private static void Note(StringBuilder page, string text) => page.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Escape(text)}</p>\n");
}
