using System.Globalization;
using System.Net;
using System.Text;

namespace CineLedger.Charts.Profile;

/// <summary>A column of an HTML table.</summary>
/// <param name="Heading">The heading as plain text.</param>
/// <param name="Class">The CSS class: n for numbers, t for long texts, otherwise empty.</param>
internal readonly record struct HtmlColumn(string Heading, string Class = "")
{
    public static HtmlColumn ForNumbers(string heading) => new(heading, "n");

    public static HtmlColumn ForText(string heading) => new(heading, "t");
}

/// <summary>Writes HTML tables. Cells are HTML; text from the data must be escaped with <see cref="Escape"/>.</summary>
internal static class HtmlTable
{
    /// <summary>Escapes a text for HTML and isolates its writing direction from the surrounding text.</summary>
    public static string EscapeData(string text) => $"<bdi>{Escape(text)}</bdi>";

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Writes a table that scrolls horizontally on narrow screens. The first cell of a row is its heading.</summary>
    /// <param name="page">The page to append to.</param>
    /// <param name="label">Label for screen readers.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The cells of each row.</param>
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
