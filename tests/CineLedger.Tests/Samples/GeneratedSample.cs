using System.IO.Compression;
using System.Text;
using CineLedger.Samples;
using CineLedger.Sources;

namespace CineLedger.Tests.Samples;

/// <summary>A generated dataset in memory, read by code that is independent of the product.</summary>
internal sealed class GeneratedSample
{
    private readonly Dictionary<string, byte[]> _files = [];

    public byte[] Zip { get; private init; } = [];

    public IReadOnlyCollection<string> Names => _files.Keys;

    public byte[] this[string file] => _files[file];

    /// <summary>Movies as values by column name. Records that do not have 24 fields are in <see cref="BrokenMovies"/>.</summary>
    public List<Dictionary<string, string>> Movies { get; } = [];

    public List<string[]> BrokenMovies { get; } = [];

    public static async Task<GeneratedSample> CreateAsync(SampleOptions options)
    {
        var ct = TestContext.Current.CancellationToken;
        using var stream = new MemoryStream();
        await SampleWriter.WriteAsync(options, stream, ct);
        var sample = new GeneratedSample { Zip = stream.ToArray() };
        await using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            await using var from = await entry.OpenAsync(ct);
            await from.CopyToAsync(content, ct);
            sample._files.Add(entry.FullName, content.ToArray());
        }
        sample.ReadMovies();
        return sample;
    }

    public List<string[]> Rows(string file) => Split(Encoding.UTF8.GetString(_files[file])).Skip(1).ToList();

    private void ReadMovies()
    {
        var records = Split(Encoding.UTF8.GetString(_files[DatasetFiles.Movies])).ToList();
        var header = records[0];
        foreach (var record in records.Skip(1))
        {
            if (record.Length == header.Length)
            {
                Movies.Add(header.Zip(record).ToDictionary(pair => pair.First, pair => pair.Second));
            }
            else
            {
                BrokenMovies.Add(record);
            }
        }
    }

    /// <summary>Reads RFC 4180, but lets a lone CR end a record, as LF and CRLF do.</summary>
    private static IEnumerable<string[]> Split(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted ? c == '"' && i + 1 < text.Length && text[i + 1] == '"' : false)
            {
                field.Append(text[++i]);
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (quoted || c is not (',' or '\n' or '\r'))
            {
                field.Append(c);
            }
            else
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == ',')
                {
                    continue;
                }

                if (c == '\r' && text[i + 1] == '\n')
                {
                    i++;
                }

                yield return [.. fields];
                fields.Clear();
            }
        }
    }
}
