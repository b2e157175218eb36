using System.Text;

namespace CineLedger.Reports;

/// <summary>The words of report options, as the command line, HTTP and file names write them.</summary>
public static class ReportWords
{
    public static string Of(Aggregate aggregate) => Kebab(aggregate.ToString());

    public static string Of(Popularity popularity) => Kebab(popularity.ToString()).Replace('-', '_');

    public static string Of(Share share) => Kebab(share.ToString());

    private static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
