using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace CineLedger.Measure;

/// <summary>
/// Writes a dataset as its supplier might publish it a month later: of the movies whose record is a single line, a tenth differ (a fiftieth is gone, the others
/// have one more vote). The other files are unchanged.
/// </summary>
internal static partial class VariedDataset
{
    public static async Task<int> WriteAsync(string from, string to)
    {
        await using var source = await ZipFile.OpenReadAsync(from);
        await using var varied = await ZipFile.OpenAsync(to, ZipArchiveMode.Create);
        foreach (var entry in source.Entries)
        {
            await using var input = await entry.OpenAsync();
            await using var output = await varied.CreateEntry(entry.FullName, CompressionLevel.Fastest).OpenAsync();
            if (entry.Name == "movies_metadata.csv")
            {
                await VaryAsync(input, output);
            }
            else
            {
                await input.CopyToAsync(output);
            }
        }

        return 0;
    }

    private static async Task VaryAsync(Stream input, Stream output)
    {
        using var lines = new StreamReader(input, Encoding.UTF8);
        await using var varied = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" };
        var movies = 0;
        while (await lines.ReadLineAsync() is { } line)
        {
            if (Movie().Match(line) is not { Success: true } movie || ++movies % 50 is var place && place % 10 != 1)
            {
                await varied.WriteLineAsync(line);
            }
            else if (place != 1)
            {
                await varied.WriteLineAsync($"{movie.Groups["before"].Value},{int.Parse(movie.Groups["votes"].Value) + 1}");
            }
        }
    }

    [GeneratedRegex("^(?<before>(False|True),.*,[0-9.]+),(?<votes>[0-9]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Movie();
}
