namespace CineLedger.Tests.Support;

/// <summary>Creates movies_metadata.csv files with the original columns, where each row has only the values that a test needs.</summary>
internal static class MovieFile
{
    public static IReadOnlyList<string> Columns { get; } =
    [
        "adult", "belongs_to_collection", "budget", "genres", "homepage", "id", "imdb_id", "original_language", "original_title", "overview",
        "popularity", "poster_path", "production_companies", "production_countries", "release_date", "revenue", "runtime", "spoken_languages",
        "status", "tagline", "title", "video", "vote_average", "vote_count",
    ];

    /// <summary>Returns a movie with every field known, so that a test can change any of them.</summary>
    public static MovieRow Full(long id, params (string Column, string Text)[] changes) => new MovieRow(
        ("adult", "False"),
        ("belongs_to_collection", "{'id': 10194, 'name': 'Toy Story Collection', 'poster_path': None}"),
        ("budget", "30000000"),
        ("genres", "[{'id': 16, 'name': 'Animation'}, {'id': 35, 'name': 'Comedy'}]"),
        ("homepage", "http://toystory.example/toy-story"),
        ("id", $"{id}"),
        ("imdb_id", "tt0114709"),
        ("original_language", "en"),
        ("original_title", "Toy Story"),
        ("overview", "Led by Woody, Andy's toys live \"happily\"."),
        ("popularity", "21.946943"),
        ("poster_path", "/rhIRbceoE9lR4veEXuwCC2wARtG.jpg"),
        ("production_companies", "[{'name': 'Pixar Animation Studios', 'id': 3}]"),
        ("production_countries", "[{'iso_3166_1': 'US', 'name': 'United States of America'}]"),
        ("release_date", "1995-10-30"),
        ("revenue", "373554033"),
        ("runtime", "81.0"),
        ("spoken_languages", "[{'iso_639_1': 'en', 'name': 'English'}]"),
        ("status", "Released"),
        ("tagline", "To infinity"),
        ("title", "Toy Story"),
        ("video", "False"),
        ("vote_average", "7.7"),
        ("vote_count", "5415")).With(changes);

    /// <summary>Returns a plausible movie that shares no title, date, amount or vote count with its neighbors, for ledgers that pass the quality gates.</summary>
    public static MovieRow Varied(long id, params (string Column, string Text)[] changes) => Full(
        id, ("title", $"Movie {id}"), ("original_title", $"Film {id}"), ("release_date", $"{1970 + (id % 40)}-{1 + (id * 7 % 12):00}-{2 + (id * 3 % 26):00}"),
        ("budget", $"{(1 + (id % 50)) * 1_000_003}"), ("revenue", $"{(2 + (id % 50)) * 2_000_003}"), ("runtime", $"{70 + (id % 70)}.0"), ("imdb_id", $"tt{1_000_000 + id}"),
        ("popularity", $"{1 + (id % 30)}.{id % 1000:000}"), ("vote_count", $"{10 + (id * 13 % 900)}"), ("vote_average", $"{4 + (id % 5)}.{id % 10}"), ("overview", $"The story of {id}."),
        ("genres", $"[{{'id': {id % 8}, 'name': 'Genre {id % 8}'}}, {{'id': {100 + (id % 5)}, 'name': 'Kind {id % 5}'}}]"),
        ("production_companies", $"[{{'name': 'Company {id % 60}', 'id': {id % 60}}}]")).With(changes);

    /// <summary>Returns a movie with only the id, the title and the given fields known.</summary>
    public static MovieRow Bare(long id, params (string Column, string Text)[] changes) => new MovieRow(
        ("id", $"{id}"), ("title", $"Movie {id}"), ("budget", "0"), ("revenue", "0"), ("genres", "[]"), ("production_companies", "[]"),
        ("adult", "False"), ("video", "False"), ("vote_average", "0.0"), ("vote_count", "0")).With(changes);

    public static string Header(string lineEnd = "\n") => CsvText.Row(Columns) + lineEnd;

    public static string Text(params MovieRow[] rows) => Header() + string.Concat(rows.Select(row => row.Text + "\n"));
}

/// <summary>A row with a text for each column, empty by default.</summary>
internal sealed class MovieRow(params (string Column, string Text)[] fields)
{
    private readonly Dictionary<string, string> _fields = fields.ToDictionary(field => field.Column, field => field.Text);

    public string this[string column] => _fields.GetValueOrDefault(column, "");

    /// <summary>The record in the original column order, without a line end.</summary>
    public string Text => Write(MovieFile.Columns);

    public string Write(IEnumerable<string> columns) => CsvText.Row(columns.Select(column => this[column]));

    /// <summary>Returns the record with the texts of some columns unquoted, even if they contain line breaks.</summary>
    public string WriteBroken(IEnumerable<string> columns, params string[] broken) =>
        string.Join(',', columns.Select(column => broken.Contains(column) ? this[column] : CsvText.Escape(this[column])));

    public MovieRow With(params (string Column, string Text)[] changes)
    {
        var row = new MovieRow([.. _fields.Select(field => (field.Key, field.Value))]);
        foreach (var (column, text) in changes)
        {
            Assert.Contains(column, MovieFile.Columns);
            row._fields[column] = text;
        }

        return row;
    }
}
