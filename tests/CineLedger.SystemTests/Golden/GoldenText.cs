using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CineLedger.SystemTests.Golden;

/// <summary>The form of an output in a golden file: its first lines and a checksum of the whole. Values that differ between runs are replaced.</summary>
internal static partial class GoldenText
{
    private const int Lines = 25;

    private const int Columns = 400;

    public static string From(byte[] output)
    {
        if (output.AsSpan().StartsWith("PK"u8))
        {
            return From(Encoding.UTF8.GetBytes(Cells(output)));
        }

        if (output.AsSpan().StartsWith("PAR1"u8) || output.AsSpan().StartsWith("ARROW1"u8))
        {
            return $"{Encoding.ASCII.GetString(output, 0, 4)}, {output.Length} bytes\n";
        }

        var text = Stable(Encoding.UTF8.GetString(output)).Replace("\r", "␍", StringComparison.Ordinal);
        var lines = text.Split('\n');
        var head = lines.Length <= Lines + 1 ? lines : lines[..Lines];
        var isWhole = head.Length == lines.Length && head.All(line => line.Length <= Columns);
        return isWhole
            ? text
            : $"{string.Join('\n', head.Select(line => line.Length <= Columns ? line : $"{line[..Columns]}…"))}\n… {lines.Length} lines, {text.Length} characters, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}\n";
    }

    /// <summary>Returns the non-empty cells of a workbook, in place of its compressed bytes.</summary>
    private static string Cells(byte[] workbook)
    {
        var text = new StringBuilder();
        using var zip = new ZipArchive(new MemoryStream(workbook));
        var strings = zip.GetEntry("xl/sharedStrings.xml") is { } shared ? Elements(shared, "si").Select(item => item.Value).ToList() : [];
        foreach (var sheet in zip.Entries.Where(entry => entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            text.Append(sheet.Name).Append('\n');
            foreach (var row in Elements(sheet, "row"))
            {
                text.AppendJoin('|', row.Elements().Where(cell => cell.HasElements)
                    .Select(cell => (string?)cell.Attribute("t") == "s" ? strings[int.Parse(cell.Value)] : cell.Value)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static List<XElement> Elements(ZipArchiveEntry entry, string name)
    {
        using var part = entry.Open();
        return XDocument.Load(part).Descendants().Where(element => element.Name.LocalName == name).ToList();
    }

    private static string Stable(string text)
    {
        text = Time().Replace(text, "<time>");
        text = PublicationDate().Replace(text, "<date>");
        text = FileTime().Replace(text, "-<time>");
        text = Seconds().Replace(text, "<seconds> s");
        text = Identifier().Replace(text, "<id>");
        text = Node().Replace(text, "<node>");
        text = Address().Replace(text, "http://<server>");
        text = Serial().Replace(text, "<time>");
        text = Duration().Replace(text, ",<seconds>,");
        return Version().Replace(text, "<version>");
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z| UTC|\+00:00)?")]
    private static partial Regex Time();

    /// <summary>The day on which a chart's snapshot was published: the day of the test.</summary>
    [GeneratedRegex(@"(?<=published )\d{4}-\d\d-\d\d")]
    private static partial Regex PublicationDate();

    /// <summary>The modification time of a source file, in the version of a source.</summary>
    [GeneratedRegex(@"-\d{8}T\d{6}\.\d+Z")]
    private static partial Regex FileTime();

    [GeneratedRegex(@"\b\d+(\.\d+)? m?s\b")]
    private static partial Regex Seconds();

    [GeneratedRegex("(?<![0-9a-f])([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})(?![0-9a-f])")]
    private static partial Regex Identifier();

    /// <summary>A current time in a workbook, in days since 1900.</summary>
    [GeneratedRegex(@"(?<=\|)4[67]\d{3}\.\d{5,}")]
    private static partial Regex Serial();

    /// <summary>The duration in a list of loads.</summary>
    [GeneratedRegex(@"(?<=^<time>,[a-z]*,[a-z]*,.*),\d+\.\d+,", RegexOptions.Multiline)]
    private static partial Regex Duration();

    /// <summary>A node: its machine and process.</summary>
    [GeneratedRegex(@"(?<=[ ,""|])[A-Za-z][\w.-]*:\d+(?=[ ,""|])")]
    private static partial Regex Node();

    [GeneratedRegex(@"http://(127\.0\.0\.1|localhost):\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\d+\.\d+\.\d+(-[a-z]+(\.\d+)?)?\+[0-9a-f]{7,40}")]
    private static partial Regex Version();
}
