using System.Text;
using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>
/// Makes a film of a record, or a finding of what it cannot use. One cleaner serves one thread.
/// </summary>
public sealed class MovieCleaner(MovieColumns columns, string file)
{
    /// <summary>Popularity beyond this has no business in the field; TMDB's stays below a hundred thousand.</summary>
    private const decimal LargestPopularity = 1_000_000_000;

    private readonly NamedLists<Company> _companies = new(null, static (name, _, id) => new Company(name, id), columns.Lists);
    private readonly NamedLists<Genre> _genres = new(null, static (name, _, id) => new Genre(name, id), columns.Lists);
    private readonly NamedLists<Country> _countries = new("iso_3166_1", static (name, code, _) => new Country(code!, name), columns.Lists);
    private readonly NamedLists<Language> _languages = new("iso_639_1", static (name, code, _) => new Language(code!, name), columns.Lists);
    private readonly FieldReader _fields = new(file);
    private readonly CommonTexts _common = new();

    /// <summary>Which number of a date is the day; null until somebody has looked. See <see cref="NeedsDateOrder"/>.</summary>
    public DateOrder? DateOrder { get; set; }

    /// <summary>True once a date was met that only <see cref="DateOrder"/> decides: set that, and clean the batch again.</summary>
    public bool NeedsDateOrder { get; private set; }

    /// <summary>
    /// Takes what spreadsheets did to whole columns since the last call: one finding a column and way of writing, with a count.
    /// </summary>
    public SpreadsheetTally TakeSpreadsheetTally()
    {
        NeedsDateOrder = false;
        return _fields.TakeSpreadsheetTally();
    }

    /// <summary>
    /// Reads one record. Null where it is no film, or an empty row: then <paramref name="findings"/> says why. Fields that cannot be
    /// used are unknown in the film, with a finding each.
    /// </summary>
    public Movie? Clean(RecordView record, List<Finding> findings)
    {
        if (record.IsEmpty)
        {
            _fields.Spreadsheet.Note("empty row", null, null, record.Line);
            return null;
        }

        if (record.IsUnreadable)
        {
            findings.Add(new(FindingKind.Reject, Rules.InvalidJson, file, record.Line, null, null, Texts.OfFinding(record.RawText)));
            return null;
        }

        if (!HasAllColumns(record))
        {
            findings.Add(new(FindingKind.Reject, Rules.WrongColumnCount, file, record.Line, null, null, record.RawText));
            return null;
        }

        if (!Ids.TryRead(record[columns.Id], out var id, out var spreadsheetId))
        {
            findings.Add(new(FindingKind.Reject, Rules.InvalidId, file, record.Line, null, "id", record.RawText));
            return null;
        }

        if (spreadsheetId)
        {
            _fields.Spreadsheet.Note("number with .0", "id", Encoding.UTF8.GetString(record[columns.Id]), record.Line);
        }

        if (IsDeleted(record))
        {
            findings.Add(new(FindingKind.Drop, Rules.DeletedRecord, file, record.Line, id, null, record.RawText));
            return null;
        }

        if (record.Pieces > 1)
        {
            findings.Add(new(FindingKind.Repair, Rules.SplitRecord, file, record.Line, id, null, record.RawText));
        }

        _fields.Begin(record.Line, id, findings);
        return Build(record, id);
    }

    /// <summary>The film that a record says is gone, by <c>"deleted": true</c>; 0 for any other record.</summary>
    public long DeletedFilm(RecordView record) =>
        IsDeleted(record) && Ids.TryRead(record[columns.Id], out var id, out _) ? id : 0;

    /// <summary>
    /// True where a record joined from pieces reads as a film in every field: the test that keeps two strangers from being joined.
    /// </summary>
    public bool ReadsAsMovie(RecordView record)
    {
        if (!HasAllColumns(record) || !Ids.TryRead(record[columns.Id], out var id, out _))
        {
            return false;
        }

        var findings = new List<Finding>();
        _fields.Begin(record.Line, id, findings);
        Build(record, id);
        return !findings.Exists(finding => finding.Kind == FindingKind.Reject);
    }

    private bool IsDeleted(RecordView record) => record[columns.Deleted].SequenceEqual("True"u8);

    private Movie Build(RecordView record, long id)
    {
        var date = _fields.Date(record[columns.ReleaseDate], "release_date", DateOrder, out var needsOrder);
        NeedsDateOrder |= needsOrder;
        ReadOnlySpan<byte> title = record[columns.Title], originalTitle = record[columns.OriginalTitle], imdbId = record[columns.ImdbId];
        ReadOnlySpan<byte> homepage = record[columns.Homepage], posterPath = record[columns.PosterPath];
        ReadOnlySpan<byte> tagline = record[columns.Tagline], overview = record[columns.Overview];
        var texts = new TextBlock(
            title.Length + originalTitle.Length + imdbId.Length + homepage.Length + posterPath.Length + tagline.Length + overview.Length);
        return new Movie
        {
            Id = id,
            Line = record.Line,
            TitleText = texts.Add(title),
            OriginalTitleText = texts.Add(originalTitle),
            ReleaseDate = date,
            Budget = _fields.Amount(record[columns.Budget], "budget"),
            Revenue = _fields.Amount(record[columns.Revenue], "revenue"),
            Runtime = _fields.Minutes(record[columns.Runtime], "runtime"),
            Popularity = _fields.Decimal(record[columns.Popularity], "popularity", LargestPopularity),
            VoteAverage = _fields.Decimal(record[columns.VoteAverage], "vote_average", 10),
            VoteCount = _fields.Count(record[columns.VoteCount], "vote_count"),
            Language = _common.Read(record[columns.Language]),
            Status = _common.Read(record[columns.Status]),
            Collection = _fields.Collection(record[columns.Collection], "belongs_to_collection"),
            ImdbIdText = texts.Add(imdbId),
            Adult = _fields.Boolean(record[columns.Adult], "adult"),
            Video = _fields.Boolean(record[columns.Video], "video"),
            HomepageText = texts.Add(homepage),
            PosterPathText = texts.Add(posterPath),
            TaglineText = texts.Add(tagline),
            OverviewText = texts.Add(overview),
            Companies = _fields.List(record[columns.Companies], "production_companies", _companies),
            Genres = _fields.List(record[columns.Genres], "genres", _genres),
            Countries = _fields.List(record[columns.Countries], "production_countries", _countries),
            Languages = _fields.List(record[columns.Languages], "spoken_languages", _languages),
        };
    }

    /// <summary>A record may be wider than the header by empty fields alone: spreadsheets pad rows.</summary>
    private bool HasAllColumns(RecordView record)
    {
        if (record.FieldCount < columns.Count)
        {
            return false;
        }

        for (var i = columns.Count; i < record.FieldCount; i++)
        {
            if (!record[i].IsEmpty)
            {
                return false;
            }
        }

        return true;
    }
}
