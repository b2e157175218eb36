using System.Text;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Cases;

/// <summary>The position of the tested records among generated ones; see <see cref="CaseFile"/>.</summary>
public enum Place { Alone, Head, Middle, End }

/// <summary>A file as a user may have saved it, with the dataset's columns or others. All titles and companies are invented.</summary>
internal sealed record CaseFile
{
    private const int GeneratedRows = 240;

    public static readonly Encoding Utf8 = new UTF8Encoding(false);

    public static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public Place Place { get; init; }
    public IReadOnlyList<string> Columns { get; init; } = MovieFile.Columns;
    public char Delimiter { get; init; } = ',';
    public string LineEnd { get; init; } = "\n";
    public Encoding Encoding { get; init; } = Utf8;

    /// <summary>Changes the generated records to the style of the tested ones.</summary>
    public Func<MovieRow, MovieRow> Restyle { get; init; } = row => row;

    /// <summary>The names in the header; null for those of the columns.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The line of the first tested record, as long as each line above it is one record.</summary>
    public int Line => 2 + RowsBefore;

    /// <summary>The number of generated records.</summary>
    public int Generated => Place == Place.Alone ? 0 : GeneratedRows;

    public string Header => Join(Names ?? Columns);

    private int RowsBefore => Place switch { Place.Middle => GeneratedRows / 2, Place.End => GeneratedRows, _ => 0 };

    /// <summary>Creates a movie with every field known. The values differ from those of every other id.</summary>
    public static MovieRow Row(long id, params (string Column, string Text)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["adult"] = "False",
            ["belongs_to_collection"] = "",
            ["budget"] = $"{1_500_000 + ((id % 50) * 31_003)}",
            ["genres"] = (id % 3) switch
            {
                0 => "[{'id': 18, 'name': 'Drama'}, {'id': 53, 'name': 'Thriller'}]",
                1 => "[{'id': 18, 'name': 'Drama'}]",
                _ => "[{'id': 35, 'name': 'Comedy'}]",
            },
            ["homepage"] = "",
            ["id"] = $"{id}",
            ["imdb_id"] = $"tt{8_100_000 + (id % 900_000)}",
            ["original_language"] = "en",
            ["original_title"] = $"Harbour {id}",
            ["overview"] = $"A short story about harbour {id}.",
            ["popularity"] = $"{3 + (id % 7)}.21",
            ["poster_path"] = $"/p{id}.jpg",
            ["production_companies"] = $"[{{'name': 'North Quay Films', 'id': 9101}}, {{'name': 'Pier {id % 40} Pictures', 'id': {9200 + (id % 40)}}}]",
            ["production_countries"] = "[{'iso_3166_1': 'US', 'name': 'United States of America'}]",
            ["release_date"] = $"{1970 + (id % 40)}-{1 + (id * 7 % 12):00}-{2 + (id * 3 % 26):00}",
            ["revenue"] = $"{4_200_000 + ((id % 60) * 47_111)}",
            ["runtime"] = $"{80 + (id % 60)}.0",
            ["spoken_languages"] = "[{'iso_639_1': 'en', 'name': 'English'}]",
            ["status"] = "Released",
            ["tagline"] = "A light goes out.",
            ["title"] = $"Harbour {id}",
            ["video"] = "False",
            ["vote_average"] = $"{4 + (id % 5)}.4",
            ["vote_count"] = $"{120 + (id * 13 % 700)}",
        };
        foreach (var (column, text) in changes)
        {
            fields[column] = text;
        }

        return new MovieRow([.. fields.Select(field => (field.Key, field.Value))]);
    }

    /// <summary>Returns the record of a row in this file's columns, without a line end.</summary>
    public string Write(MovieRow row) => Join(Columns.Select(column => row[column]));

    public string ToText(params string[] records)
    {
        var generated = Enumerable.Range(1, Generated).Select(id => Write(Restyle(Row(id)))).ToList();
        return string.Concat(new[] { Header }.Concat(generated[..RowsBefore]).Concat(records).Concat(generated[RowsBefore..]).Select(record => record + LineEnd));
    }

    public byte[] ToBytes(params string[] records) => Encode(ToText(records));

    public byte[] ToBytes(params MovieRow[] rows) => ToBytes([.. rows.Select(Write)]);

    public byte[] Encode(string text) => [.. Encoding.Preamble, .. Encoding.GetBytes(text)];

    private string Join(IEnumerable<string> fields) => string.Join(Delimiter, fields.Select(Escape));

    private string Escape(string field) => field.AsSpan().ContainsAny("\"\r\n") || field.Contains(Delimiter) ? CsvText.Quote(field) : field;
}
