using System.Net;
using System.Text.RegularExpressions;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Follows the numbers of a page that link to lists, and compares each with what the list states.</summary>
internal sealed partial class NumberLinks(DashboardServer served)
{
    private static readonly string[] CountHeadings = ["Movies", "All movies", "Releases"];
    private static readonly string[] AmountHeadings = ["Revenue", "Budget", "Profit (both known)"];
    private readonly Dictionary<string, string> _lists = [];

    /// <summary>Checks the links of a page, and returns how many it has.</summary>
    /// <param name="address">The address of the page.</param>
    /// <param name="maxLinks">The number of links to check, evenly distributed over the page.</param>
    public async Task<int> CheckAsync(string address, int maxLinks = int.MaxValue)
    {
        var numbers = Find(WebUtility.HtmlDecode(await served.PageAsync(address))).ToList();
        var step = Math.Max(1, (numbers.Count + maxLinks - 1) / maxLinks);
        foreach (var number in numbers.Where((_, i) => i % step == 0))
        {
            var list = await ReadListAsync(number.Link);
            var stated = number.Of is "Findings" ? ReadCount(Findings(), list) : number.Of is "Movies" ? ReadCount(Total(), list) : ReadAmount(list, number.Of);
            Assert.True(stated == number.Value, $"{address}: {number.Of} {number.Value} leads to {stated}: {number.Link}");
        }

        return numbers.Count;
    }

    /// <summary>Finds the counts of movies, amounts and findings that link to lists. A number without a heading of its own states its movies on hover.</summary>
    private static IEnumerable<(string Link, string Of, string Value)> Find(string page)
    {
        foreach (Match fact in Fact().Matches(page))
        {
            foreach (var number in Read(StripTags(fact.Groups[1].Value), fact.Value))
            {
                yield return number;
            }
        }

        foreach (Match table in Table().Matches(page))
        {
            var headings = Heading().Matches(table.Value).Select(heading => StripTags(heading.Groups[1].Value)).ToList();
            foreach (Match row in Row().Matches(table.Value))
            {
                var cells = Cell().Matches(row.Value);
                for (var i = 0; i < cells.Count; i++)
                {
                    foreach (var number in Read(headings[i], cells[i].Value))
                    {
                        yield return number;
                    }
                }
            }
        }

        foreach (Match findings in FindingsLink().Matches(page))
        {
            yield return (findings.Groups[1].Value, "Findings", findings.Groups[2].Value.Replace(",", "", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(string Link, string Of, string Value)> Read(string heading, string html)
    {
        if (Number().Match(html) is not { Success: true } number)
        {
            yield break;
        }

        // The list without an explanation of the number states the totals of its movies.
        var (link, value, title) = (Explanation().Replace(number.Groups[1].Value, ""), number.Groups[2].Value, number.Groups[3].Value);
        heading = RemoveAggregate(heading);
        if (CountHeadings.Contains(heading) || heading.EndsWith(": movies", StringComparison.Ordinal))
        {
            yield return (link, "Movies", value);
        }
        else if (AmountHeadings.Contains(heading))
        {
            yield return (link, heading, value);
        }

        if (MoviesOnHover().Match(title) is { Success: true } movies)
        {
            yield return (link, "Movies", movies.Groups[1].Value.Replace(",", "", StringComparison.Ordinal));
        }
    }

    private async Task<string> ReadListAsync(string link) => _lists.TryGetValue(link, out var page)
        ? page
        : _lists[link] = WebUtility.HtmlDecode(await served.PageAsync(link));

    private static string ReadCount(Regex total, string list) =>
        total.Match(list) is { Success: true } match ? match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal) : "0";

    private static string? ReadAmount(string list, string name) => Fact().Matches(list).FirstOrDefault(fact => RemoveAggregate(StripTags(fact.Groups[1].Value)) == name) is { } fact
        && Value().Match(fact.Value) is { Success: true } value ? value.Groups[1].Value : null;

    /// <summary>Returns <c>Revenue</c> of the heading <c>Revenue, median</c>.</summary>
    private static string RemoveAggregate(string heading) => heading.Split(',')[0];

    private static string StripTags(string html) => Tag().Replace(html, "").Trim();

    [GeneratedRegex("<dt>(.*?)</dt>\\s*<dd>.*?</dd>", RegexOptions.Singleline)]
    private static partial Regex Fact();

    [GeneratedRegex("<table.*?</table>", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex("<th scope=\"col\"[^>]*>(.*?)</th>", RegexOptions.Singleline)]
    private static partial Regex Heading();

    [GeneratedRegex("<tr>\\s*<th scope=\"row\".*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<(th|td)\\b.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<a href=\"(/movies\\?[^\"]*)\"[^>]*>\\s*<data [^>]*value=\"([^\"]*)\"(?: title=\"([^\"]*)\")?")]
    private static partial Regex Number();

    [GeneratedRegex("<data [^>]*value=\"([^\"]*)\"")]
    private static partial Regex Value();

    [GeneratedRegex("known for [\\d,]+ of ([\\d,]+)|(?:^|, )(?<1>[\\d,]+) movies?$")]
    private static partial Regex MoviesOnHover();

    [GeneratedRegex("Movies [\\d,]+ to [\\d,]+ of ([\\d,]+)")]
    private static partial Regex Total();

    [GeneratedRegex("<a href=\"(/quality/findings[^\"]*)\"[^>]*>\\s*(?:All )?(?:<data [^>]*>)?([\\d,]+)")]
    private static partial Regex FindingsLink();

    [GeneratedRegex("<h2>([\\d,]+) findings?\\b")]
    private static partial Regex Findings();

    [GeneratedRegex("&(measure|compare)=[^&]*")]
    private static partial Regex Explanation();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
