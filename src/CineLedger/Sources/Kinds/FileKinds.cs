namespace CineLedger.Sources.Kinds;

/// <summary>The kinds of files that are recognized and refused with advice. To add one, add an entry to <see cref="All"/>, and to the table in docs/sources.md.</summary>
internal static class FileKinds
{
    private const string Download = "Download The Movies Dataset (https://www.kaggle.com/datasets/rounakbanik/the-movies-dataset)";

    private const string GetDetails = "get each movie from TMDB's /movie/{id}, one per line.";

    private const string Unpack = "Unpack it, and give the CSV file or the folder.";

    /// <summary>All kinds. The first one that matches a file applies, and among several files, the one that matches first.</summary>
    public static IReadOnlyList<FileKind> All { get; } =
    [
        new("TMDB's daily ID export: IDs, titles and popularity only", SupplierFiles.IsMovieIdExport, $"{Download}, or {GetDetails}") { HoldsMovies = true },
        new("a list from TMDB's /discover, /search or /movie/popular: no amounts, runtimes, companies or genre names", SupplierFiles.IsMovieList,
            $"Instead, {GetDetails}") { HoldsMovies = true },
        new("TMDB's daily ID export of people, companies, keywords, collections or series", SupplierFiles.IsNameExport, $"{Download}, or {GetDetails}"),
        new("the credits of one movie from TMDB's API", SupplierFiles.IsMovieCredits, $"Instead, {GetDetails}"),
        new("the keywords of one movie from TMDB's API", SupplierFiles.IsMovieKeywords, $"Instead, {GetDetails}"),
        CreateImdb("title.basics", "titles, years, runtimes and genres", "tconst", "primarytitle"),
        CreateImdb("title.ratings", "average votes", "tconst", "averagerating"),
        CreateImdb("title.akas", "titles by region", "titleid", "ordering"),
        CreateImdb("title.crew", "directors and writers", "tconst", "directors"),
        CreateImdb("title.principals", "cast and crew", "tconst", "nconst"),
        CreateImdb("title.episode", "episodes of series", "tconst", "parenttconst"),
        CreateImdb("name.basics", "people", "nconst", "primaryname"),
        new("MovieLens' list of movies: titles and genres, without dates, amounts or companies", SupplierFiles.IsMovieLensMovies,
            $"{Download}; it includes MovieLens' ratings."),
        new("MovieLens' tags", SupplierFiles.IsMovieLensTags, $"Tags are not read. {Download}."),
        new("a table of box-office amounts by title, as from Box Office Mojo or The Numbers", SupplierFiles.IsBoxOffice,
            $"Without TMDB IDs, it cannot be matched to movies. {Download}."),
        new("a CSV file whose header line is missing: it begins with a record", SupplierFiles.IsHeaderless, "Add the line with the column names, or get the file again."),
        new("a Git LFS pointer", head => head.StartsWith("version https://git-lfs"u8), "Fetch the file itself with 'git lfs pull'.") { Detail = SupplierFiles.DescribePointer },
        new("an Excel workbook or another office document", BinaryFiles.IsOfficeDocument, "Save the sheet of movies as CSV in UTF-8, and give that file."),
        new("a Parquet file", head => head.StartsWith("PAR1"u8), "Convert it to CSV, for example with DuckDB: COPY (FROM 'movies.parquet') TO 'movies.csv'."),
        new("an Arrow or Feather file", head => head.StartsWith("ARROW1"u8), "Convert it to CSV, for example with pandas: read_feather(path).to_csv(path)."),
        new("an SQLite database", head => head.StartsWith("SQLite format 3"u8), "Export its table of movies as CSV: sqlite3 -header -csv FILE 'SELECT * FROM movies'."),
        new("a DuckDB database, perhaps a ledger", head => head.HasBytes(8, "DUCK"u8), "A ledger is given with --store; to copy one, use 'cineledger copy'."),
        new("a tar archive", head => head.HasBytes(257, "ustar"u8), Unpack),
        new("a 7z archive", head => head.StartsWith(BinaryFiles.SevenZip), Unpack),
        new("a RAR archive", head => head.StartsWith("Rar!\u001A"u8), Unpack),
        new("a file compressed with bzip2", head => head.StartsWith("BZh"u8) && head.HasBytes(4, "1AY&SY"u8), "Decompress it first (bunzip2)."),
        new("a file compressed with xz", head => head.HasBytes(1, "7zXZ"u8), "Decompress it first (unxz)."),
        new("a file compressed with Zstandard", head => head.StartsWith(BinaryFiles.Zstandard), "Decompress it first (unzstd)."),
        new("a Jupyter notebook", SupplierFiles.IsNotebook, $"Give the dataset that it reads. {Download}."),
        new("a web page, perhaps a login page or an error message", SupplierFiles.IsWebPage, "Open the address in a browser, and download the file itself."),
        new("a PDF document", head => head.StartsWith("%PDF-"u8), $"{Download}."),
    ];

    /// <summary>Returns the index of a file's kind in <see cref="All"/>; null if it is none of them.</summary>
    public static int? FindIndex(FileHead head)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i].Matches(head))
            {
                return i;
            }
        }

        return null;
    }

    private static FileKind CreateImdb(string name, string content, params string[] columns) => new(
        $"IMDb's {name}: {content}, without amounts, companies or TMDB IDs", head => SupplierFiles.IsTableWithoutMovies(head, columns), $"{Download}.");
}
