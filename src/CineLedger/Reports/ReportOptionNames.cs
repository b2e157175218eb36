using System.Text;

namespace CineLedger.Reports;

/// <summary>The words of report options, as the command line, HTTP and file names write them.</summary>
public static class ReportOptionNames
{
    public static string Get(Aggregate aggregate) => ToKebabCase(aggregate.ToString());

    public static string Get(Popularity popularity) => ToKebabCase(popularity.ToString()).Replace('-', '_');

    public static string Get(Share share) => ToKebabCase(share.ToString());

    /// <summary>What is made of amounts, as a label within a sentence: <c>average</c>.</summary>
    public static string Title(Aggregate aggregate) => aggregate switch
    {
        Aggregate.Sum => "sum",
        Aggregate.Avg => "average",
        Aggregate.Median => "median",
        Aggregate.Min => "smallest",
        Aggregate.Max => "largest",
        _ => throw new ArgumentOutOfRangeException(nameof(aggregate)),
    };

    /// <summary>A label within a sentence as a heading: <c>Mean vote</c>.</summary>
    public static string Heading(string title) => char.ToUpperInvariant(title[0]) + title[1..];

    private static string ToKebabCase(string name)
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
