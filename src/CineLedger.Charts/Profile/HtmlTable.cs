using System.Globalization;
using System.Net;
using System.Text;

namespace CineLedger.Charts.Profile;

/// <summary>A column of a table in a page.</summary>
/// <param name="Heading">Its name, as text.</param>
/// <param name="Class">n for numbers, t for long texts, else empty.</param>
internal readonly record struct HtmlColumn(string Heading, string Class = "")
{
    public static HtmlColumn ForNumbers(string heading) => new(heading, "n");

    public static HtmlColumn ForText(string heading) => new(heading, "t");
}

/// <summary>Parts of a page. Cells are HTML already; whatever comes from the data goes through <see cref="Escape"/>.</summary>
internal static class HtmlTable
{
    /// <summary>A text of the data or of ours as HTML. Its direction is its own, and does not reach beyond it.</summary>
    public static string EscapeData(string text) => $"<bdi>{Escape(text)}</bdi>";

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A table that scrolls by itself where the screen is narrow. The first cell of a row is its heading.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="label">What the table is of, for those who cannot see what stands above it.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Its cells.</param>
    public static void Write(StringBuilder page, string label, IReadOnlyList<HtmlColumn> columns, IEnumerable<string[]> rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{Escape(label)}\"><table>\n<thead><tr>");
        foreach (var column in columns)
        {
            page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{GetClassAttribute(column.Class)}>{Escape(column.Heading)}</th>");
        }

        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"{GetClassAttribute(columns[0].Class)}>{row[0]}</th>");
            for (var i = 1; i < row.Length; i++)
            {
                page.Append(CultureInfo.InvariantCulture, $"<td{GetClassAttribute(columns[i].Class)}>{row[i]}</td>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static string GetClassAttribute(string name) => name.Length > 0 ? $" class=\"{name}\"" : "";
}
