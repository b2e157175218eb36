using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Charts.Profile;

/// <summary>Describes how a file is read, for the terminal and for pages.</summary>
public static class InterpretationText
{
    private static readonly Dictionary<string, string> Delimiters = new()
    {
        [","] = "commas",
        [";"] = "semicolons",
        ["\t"] = "tabs",
        ["|"] = "pipes",
    };

    /// <summary>Returns the labels and values of the description, without control characters.</summary>
    public static IEnumerable<(string Name, string Value)> GetFacts(FileInterpretation file)
    {
        if (!file.Path.EndsWith(file.Name, StringComparison.OrdinalIgnoreCase))
        {
            yield return ("File", ProfileText.FormatText(file.Path));
        }

        yield return ("Layout", file.Layout);
        yield return ("Format", GetFormat(file));
        yield return ("Columns", Join(file.Columns.Select(column =>
            column.Name.Equals(column.ReadAs, StringComparison.OrdinalIgnoreCase) ? column.Name : $"{column.Name} as {column.ReadAs}")));
        foreach (var notation in file.Columns.Where(column => column.Notation is not null).GroupBy(column => column.Notation!))
        {
            yield return ("Lists", $"{Join(notation.Select(column => column.ReadAs))}: {notation.Key}");
        }

        if (file.Missing.Count > 0)
        {
            yield return ("Missing", Join(file.Missing));
        }

        if (file.Unread.Count > 0)
        {
            yield return ("Not read", Join(file.Unread));
        }
    }

    private static string GetFormat(FileInterpretation file)
    {
        var delimiter = file.Delimiter is { } text ? $", fields separated by {(Delimiters.TryGetValue(text, out var known) ? known : text)}" : "";
        var header = file.HeaderLine is { } line ? string.Create(CultureInfo.InvariantCulture, $", column names in line {line}") : "";
        return $"{file.Format} in {file.Encoding}{delimiter}{header}";
    }

    private static string Join(IEnumerable<string> names) => string.Join(", ", names.Select(name => ProfileText.FormatText(name)));
}
