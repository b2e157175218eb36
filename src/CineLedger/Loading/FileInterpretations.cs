using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>Describes how files are read, once their headers have been read.</summary>
internal static class FileInterpretations
{
    private const string JsonLayout = "TMDB's /movie/{id}, one movie per line";

    /// <param name="file">The file.</param>
    /// <param name="reader">Its reader, positioned after the header; null for JSON.</param>
    /// <param name="columns">Its columns.</param>
    public static FileInterpretation CreateForMovies(DatasetFile file, RecordReader? reader, MovieColumns columns)
    {
        IReadOnlyList<string> header = reader?.Header ?? [];
        var lists = new Dictionary<string, ListForm>(StringComparer.OrdinalIgnoreCase)
        {
            ["genres"] = columns.Lists.Genres,
            ["production_companies"] = columns.Lists.Companies,
            ["production_countries"] = columns.Lists.Countries,
            ["spoken_languages"] = columns.Lists.Languages,
        };
        return Create(
            file,
            reader,
            file.IsJson ? JsonLayout : SupplierLayout.FindForFile(DatasetFiles.Movies, header).Name,
            columns.Positions.Where(column => column.Value != columns.Deleted).OrderBy(column => column.Value)
                .Select(column => new ColumnInterpretation(file.IsJson ? column.Key : header[column.Value], column.Key.ToLowerInvariant())
                {
                    Notation = lists.TryGetValue(column.Key, out var form) ? ListNotationNames.Get(form.Notation) : null,
                })) with
        {
            Missing = file.IsJson ? [] : columns.Missing,
            Unread = GetUnread(file, columns.Unknown),
        };
    }

    /// <param name="file">The file.</param>
    /// <param name="reader">Its reader, positioned after the header.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="hasLists">Whether every column but the id holds lists.</param>
    public static FileInterpretation CreateForTable(DatasetFile file, RecordReader reader, FileColumns columns, bool hasLists = false) => Create(
        file,
        reader,
        columns.Layout.Name,
        columns.Required.Select((name, index) => (name, index)).OrderBy(column => columns[column.index])
            .Select(column => new ColumnInterpretation(reader.Header[columns[column.index]], column.name)
            {
                Notation = hasLists && column.name != "id" ? ListNotationNames.Get(columns.Names.Notation) : null,
            })) with
    { Unread = file.IsShared ? [] : columns.Unknown };

    /// <summary>Returns the columns of a movies file that are read neither as movies nor as keywords.</summary>
    public static IReadOnlyList<string> GetUnread(DatasetFile file, IReadOnlyList<string> unknown) =>
        file.IsShared ? [.. unknown.Where(column => !column.Equals("keywords", StringComparison.OrdinalIgnoreCase))] : unknown;

    private static FileInterpretation Create(DatasetFile file, RecordReader? reader, string layout, IEnumerable<ColumnInterpretation> columns) =>
        new(file.Name, file.Path, layout, file.IsJson ? "JSON lines" : "CSV")
        {
            Delimiter = reader is null ? null : ((char)reader.Delimiter).ToString(),
            HeaderLine = reader?.HeaderLine,
            Columns = [.. columns],
        };
}
