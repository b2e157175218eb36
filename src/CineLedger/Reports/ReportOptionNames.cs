using System.Text;

namespace CineLedger.Reports;

/// <summary>The names of report option values in commands, URLs and file names.</summary>
public static class ReportOptionNames
{
    public static string GetName(Aggregate aggregate) => ToKebabCase(aggregate.ToString());

    public static string GetName(Popularity popularity) => ToKebabCase(popularity.ToString()).Replace('-', '_');

    public static string GetName(Share share) => ToKebabCase(share.ToString());

    /// <summary>Returns the aggregate's label within a sentence, such as <c>average</c>.</summary>
    public static string GetTitle(Aggregate aggregate) => aggregate switch
    {
        Aggregate.Sum => "sum",
        Aggregate.Avg => "average",
        Aggregate.Median => "median",
        Aggregate.Min => "minimum",
        Aggregate.Max => "maximum",
        _ => throw new ArgumentOutOfRangeException(nameof(aggregate)),
    };

    /// <summary>Capitalizes a label for use as a heading, such as <c>Average vote</c>.</summary>
    public static string ToHeading(string title) => char.ToUpperInvariant(title[0]) + title[1..];

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
