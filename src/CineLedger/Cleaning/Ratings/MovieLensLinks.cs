using System.Buffers.Text;
using System.Text;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning.Ratings;

/// <summary>The mapping from MovieLens ids to TMDB ids in links.csv. It takes 32 bytes per link, and 4 for each MovieLens id up to the largest.</summary>
internal sealed class MovieLensLinks(string file)
{
    private readonly ChunkedList<MovieLensLink> _links = new();

    /// <summary>Indexes into <see cref="Links"/> by MovieLens id.</summary>
    public IdTable Indexes { get; } = new();

    public ChunkedList<MovieLensLink> Links => _links;

    public CappedFindings Findings { get; } = new(file);

    public SpreadsheetFindings Spreadsheet { get; } = new(file);

    /// <summary>The number of records read, not counting empty rows.</summary>
    public long Records { get; private set; }

    /// <summary>The number of unusable records among them.</summary>
    public long Rejected { get; private set; }

    public static FileColumns ReadColumns(IReadOnlyList<string> header, string file) => FileColumns.Read(header, file, DatasetFiles.Links, "movieId", "imdbId", "tmdbId");

    /// <summary>Adds one record. If a MovieLens id occurs twice, the later record wins.</summary>
    public void Add(RecordView record, FileColumns columns)
    {
        if (record.IsEmpty)
        {
            Spreadsheet.Add("empty row", null, null, record.Line);
            return;
        }

        Records++;
        var (tmdb, imdb) = (0L, 0L);
        if (record.Defect == RecordDefect.RepeatedHeader)
        {
            Findings.Add(FindingKind.Drop, Rules.RepeatedHeader, record.Line, null, null, record.Raw);
        }
        else if (!columns.Matches(record))
        {
            Reject(Rules.WrongColumnCount, record, null, record.Raw);
        }
        else if (!TryReadId(record[columns[0]], "movieId", record, out var movieLens))
        {
            Reject(Rules.InvalidId, record, "movieId", record.Raw);
        }
        else if (!record[columns[2]].Trim(" \t"u8).IsEmpty && !TryReadId(record[columns[2]], "tmdbId", record, out tmdb))
        {
            Reject(Rules.InvalidId, record, "tmdbId", record.Raw);
        }
        else
        {
            if (!record[columns[1]].Trim(" \t"u8).IsEmpty && !TryReadId(record[columns[1]], "imdbId", record, out imdb))
            {
                Findings.Add(FindingKind.Reject, Rules.InvalidId, record.Line, tmdb == 0 ? null : tmdb, "imdbId", record[columns[1]]);
            }

            Add(new MovieLensLink(movieLens, imdb, tmdb, record.Line));
        }
    }

    /// <summary>Returns the number in an IMDb id: 114709 for tt0114709; 0 if the text is not an IMDb id.</summary>
    public static long ParseImdbId(string? imdbId)
    {
        var text = imdbId is null ? [] : Encoding.UTF8.GetBytes(imdbId);
        return text.AsSpan().StartsWith("tt"u8) && Utf8Parser.TryParse(text.AsSpan(2), out long number, out var length) && length == text.Length - 2 ? number : 0;
    }

    private void Add(MovieLensLink link)
    {
        var index = Indexes[link.MovieLens];
        if (index >= 0)
        {
            var earlier = _links[index];
            var isSame = earlier with { Line = link.Line } == link;
            Findings.Add(
                FindingKind.Drop, isSame ? Rules.DuplicateRecord : Rules.ConflictingDuplicate, isSame ? link.Line : earlier.Line, null, "movieId",
                Encoding.UTF8.GetBytes(isSame
                    ? FormattableString.Invariant($"{link.MovieLens}: same as line {earlier.Line}")
                    : FormattableString.Invariant($"{link.MovieLens}, imdbId {earlier.Imdb}, tmdbId {earlier.Tmdb}: superseded by line {link.Line}")));
            _links[index] = isSame ? earlier : link;
            return;
        }

        if (_links.Count == RatingTally.MaxLinks)
        {
            throw new LedgerException(FormattableString.Invariant($"{file}, line {link.Line}: more than {RatingTally.MaxLinks:N0} links are not supported."));
        }

        Indexes[link.MovieLens] = _links.Count;
        _links.Add(link);
    }

    private void Reject(string rule, RecordView record, string? field, ReadOnlySpan<byte> text)
    {
        Rejected++;
        Findings.Add(FindingKind.Reject, rule, record.Line, null, field, text);
    }

    private bool TryReadId(ReadOnlySpan<byte> text, string field, RecordView record, out long id)
    {
        if (!IdParser.TryParse(text, out id, out var spreadsheet))
        {
            return false;
        }

        if (spreadsheet)
        {
            Spreadsheet.Add("number with .0", field, Encoding.UTF8.GetString(text), record.Line);
        }

        return true;
    }
}

/// <param name="MovieLens">The MovieLens id.</param>
/// <param name="Imdb">The number in the IMDb id; 0 if unknown.</param>
/// <param name="Tmdb">The TMDB id; 0 if unknown.</param>
/// <param name="Line">The line of the record.</param>
internal readonly record struct MovieLensLink(long MovieLens, long Imdb, long Tmdb, int Line);
