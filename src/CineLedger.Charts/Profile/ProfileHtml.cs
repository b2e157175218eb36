using System.Globalization;
using System.Text;
using CineLedger.Reports.Profile;
using static CineLedger.Charts.Profile.HtmlTable;

namespace CineLedger.Charts.Profile;

/// <summary>
/// Writes a profile as a self-contained HTML page without scripts, external fonts or images; its content security policy forbids them. It follows
/// the light or dark mode of the reader's system.
/// </summary>
internal static class ProfileHtml
{
    public static string Write(LedgerProfile profile)
    {
        var page = new StringBuilder();
        var title = $"Data profile: {ProfileText.GetTitle(profile.Snapshot)}";
        page.Append(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
            <meta name="generator" content="CineLedger" />
            <title>{Escape(title)}</title>
            <style>
            {ReadStyle()}</style>
            </head>
            <body>
            <header>
            <h1>{Escape(title)}</h1>

            """.ReplaceLineEndings("\n"));
        WriteHead(page, profile);
        page.Append("</header>\n<main>\n");
        ProfileSections.Write(page, profile);
        page.Append("</main>\n<footer>Created by CineLedger. Amounts are whole US dollars as given in the dataset; unknown is shown as –, never as 0.</footer>\n" +
            "</body>\n</html>\n");
        return page.ToString();
    }

    private static void WriteHead(StringBuilder page, LedgerProfile profile)
    {
        page.Append("<dl class=\"origin\">\n");
        foreach (var (name, value) in ProfileText.GetSummary(profile))
        {
            page.Append(CultureInfo.InvariantCulture, $"<dt>{Escape(name)}</dt><dd>{EscapeData(value)}</dd>\n");
        }

        page.Append("</dl>\n");
        if (profile.Snapshot.Synthetic)
        {
            page.Append("<p class=\"warning\">Synthetic sample data: the movies and numbers are invented.</p>\n");
        }

        var total = profile.Total;
        page.Append("<dl class=\"cards\">\n");
        WriteCard("Movies", total.Movies, $"{ProfileText.FormatInteger(profile.Undated)} undated");
        WriteShare("Budget known", total.BudgetKnown);
        WriteShare("Revenue known", total.RevenueKnown);
        WriteShare("Both known", total.BothKnown);
        WriteCard("Findings", profile.Findings.Sum(rule => rule.Count), $"by {profile.Findings.Count} rule{(profile.Findings.Count == 1 ? "" : "s")}");
        page.Append("</dl>\n<nav aria-label=\"On this page\">\n");
        foreach (var (id, heading) in ProfileSections.Headings)
        {
            page.Append(CultureInfo.InvariantCulture, $"<a href=\"#{id}\">{Escape(heading)}</a>\n");
        }

        page.Append("</nav>\n");

        void WriteShare(string name, long known) => WriteCard(name, known, $"{ProfileText.FormatPercent(known, total.Movies)} of movies");

        void WriteCard(string name, long value, string small) => page.Append(
            CultureInfo.InvariantCulture, $"<div><dt>{Escape(name)}</dt><dd>{ProfileText.FormatInteger(value)} <small>{Escape(small)}</small></dd></div>\n");
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(ProfileHtml).Assembly.GetManifestResourceStream("profile/profile.css")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
