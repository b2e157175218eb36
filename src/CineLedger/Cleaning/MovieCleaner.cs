using System.Runtime.InteropServices;
using System.Text;
using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>
/// Converts records to movies and reports findings. A cleaner must be used by one thread only.
/// </summary>
public sealed class MovieCleaner(MovieColumns columns, string file)
{
    private readonly NamedListParser<Company> _companies = new(
        null, static (name, _, id) => new Company(name, id), columns.Lists.Companies, comparer: CompanyNameComparer.Instance);
    private readonly NamedListParser<Genre> _genres = new(null, static (name, _, id) => new Genre(name, id), columns.Lists.Genres, isGenres: true);
    private readonly NamedListParser<Country> _countries = new("iso_3166_1", static (name, code, _) => new Country(code!, name), columns.Lists.Countries);
    private readonly NamedListParser<Language> _languages = new("iso_639_1", static (name, code, _) => new Language(code!, name), columns.Lists.Languages);
    private readonly FieldReader _fields = new(file);
    private readonly StringPool _common = new();
    private Func<string, string?>? _findCollection;

    /// <summary>How the file writes dates and numbers; null until it has been determined. See <see cref="NeedsNotations"/>.</summary>
    public ValueNotations? Notations { get; set; }

    /// <summary>True once a value was read that is ambiguous without <see cref="Notations"/>. Set them, and clean the batch again.</summary>
    public bool NeedsNotations => _fields.NeedsNotations;

    /// <summary>The day of the load: a movie is not released on a later day.</summary>
    public DateOnly Today { get; init; } = DateOnly.FromDateTime(DateTime.UtcNow);

    /// <summary>The names of the whole file; null until they have been read. See <see cref="NeedsFileNames"/>.</summary>
    public FileNames? FileNames { get; set; }

    /// <summary>True once a name was read that was decoded wrongly, while <see cref="FileNames"/> is not set. Set it, and clean the batch again.</summary>
    public bool NeedsFileNames { get; private set; }

    /// <summary>The rows to combine, in a file whose genres are single names.</summary>
    public GenreRows? GenreRows { get; set; }

    /// <summary>Returns the findings about spreadsheets since the last call: one per column and form, with a count.</summary>
    public SpreadsheetFindings DetachSpreadsheetFindings()
    {
        _fields.NeedsNotations = NeedsFileNames = false;
        return _fields.DetachSpreadsheetFindings();
    }

    /// <summary>
    /// Reads one record. Returns null if it is not a movie or the row is empty; the reason is in <paramref name="findings"/>. Invalid fields are unknown in
    /// the movie, with a finding each.
    /// </summary>
    public Movie? Clean(RecordView record, List<Finding> findings)
    {
        if (record.IsEmpty)
        {
            _fields.Spreadsheet.Add("empty row", null, null, record.Line);
            return null;
        }

        if (record.IsUnreadable)
        {
            findings.Add(new(FindingKind.Reject, Rules.InvalidJson, file, record.Line, null, null, TextParser.TruncateForFinding(record.RawText)));
            return null;
        }

        if (RecordDefects.Find(record, file) is { } defect)
        {
            findings.Add(defect);
            return null;
        }

        if (!HasAllColumns(record))
        {
            findings.Add(new(FindingKind.Reject, Rules.WrongColumnCount, file, record.Line, null, null, record.RawText));
            return null;
        }

        if (!IdParser.TryParse(record[columns.Id], out var id, out var spreadsheetId))
        {
            findings.Add(new(FindingKind.Reject, Rules.InvalidId, file, record.Line, null, "id", record.RawText));
            return null;
        }

        if (spreadsheetId)
        {
            _fields.Spreadsheet.Add("number with .0", "id", Encoding.UTF8.GetString(record[columns.Id]), record.Line);
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

        var rows = GenreRows?.Find(id);
        if (rows is var (line, count, genres))
        {
            if (record.Line != line)
            {
                return null;
            }

            findings.Add(new(FindingKind.Drop, Rules.CombinedRow, file, record.Line, id, "genres", string.Join(", ", genres), count - 1));
        }

        var first = findings.Count;
        _fields.Begin(record.Line, id, findings);
        var movie = Build(record, id);
        if (rows is not null)
        {
            movie.Genres = [.. rows.Value.Genres.Select(name => new Genre(name, null))];
        }

        if (!IsShifted(record, findings, first))
        {
            AddReadingFindings(record, id, findings);
            return movie;
        }

        var text = RecordScanner.CountLineEnds(record.Raw) is > 0 and var breaks ? $"lines {record.Line} to {record.Line + breaks}: {record.RawText}" : record.RawText;
        findings.RemoveRange(first, findings.Count - first);
        findings.Add(new(FindingKind.Reject, Rules.ShiftedRecord, file, record.Line, null, null, text));
        return null;
    }

    /// <summary>Adds the findings about repairs that the reader made.</summary>
    private void AddReadingFindings(RecordView record, long id, List<Finding> findings)
    {
        if (record.Defect == RecordDefect.BackslashQuotes)
        {
            _fields.Spreadsheet.Add(RecordDefects.BackslashQuotes, null, null, record.Line);
        }

        if (record.HasReplacements)
        {
            foreach (var (name, index) in columns.Positions)
            {
                RecordDefects.AddReplacements(record, index, name, id, file, findings);
            }
        }
    }

    /// <summary>Returns the id of a movie that the record marks as deleted (<c>"deleted": true</c>); 0 for any other record.</summary>
    public long GetDeletedId(RecordView record) =>
        IsDeleted(record) && IdParser.TryParse(record[columns.Id], out var id, out _) ? id : 0;

    /// <summary>
    /// Returns true if every field of a record joined from pieces is valid. This test prevents joining unrelated records.
    /// </summary>
    public bool IsMovie(RecordView record) =>
        TryBuild(record, out var findings) && !findings.Exists(finding => finding.Kind == FindingKind.Reject) && !IsShifted(record, findings, 0);

    /// <summary>Returns true if a record with repaired quotes is a movie, even if a few of its fields cannot be read.</summary>
    internal bool IsPlausible(RecordView record) => TryBuild(record, out var findings) && !IsShifted(record, findings, 0);

    /// <summary>Returns whether a row, which may be part of a record, has an ID in the ID column.</summary>
    internal bool HasId(RecordView record) => IdParser.TryParse(record[columns.Id], out _, out _);

    private bool TryBuild(RecordView record, out List<Finding> findings)
    {
        findings = [];
        if (!HasAllColumns(record) || !IdParser.TryParse(record[columns.Id], out var id, out _))
        {
            return false;
        }

        _fields.Begin(record.Line, id, findings);
        Build(record, id);
        return true;
    }

    private bool IsShifted(RecordView record, List<Finding> findings, int first) =>
        ShiftedRecords.IsShifted(record, columns, CollectionsMarshal.AsSpan(findings)[first..], _fields.UnclearFields);

    private bool IsDeleted(RecordView record) => record[columns.Deleted].SequenceEqual("True"u8);

    private Movie Build(RecordView record, long id)
    {
        var movie = new Movie { Id = id, Line = record.Line };
        var textBytes = 0;
        for (var i = 0; i < MovieField.All.Length; i++)
        {
            textBytes += MovieField.All[i].Kind == MovieFieldKind.Text ? record.GetMaxLength(columns.FieldIndexes[i]) : 0;
        }

        var texts = new MovieTextBuffer(textBytes);
        for (var i = 0; i < MovieField.All.Length; i++)
        {
            Read(i, record[columns.FieldIndexes[i]], movie, ref texts);
        }

        ReadDates(record, movie);
        movie.Companies = ReadList(record[columns.Companies], "production_companies", _companies);
        movie.RepeatedCompanies = _companies.Repeated;
        movie.Genres = ReadList(record[columns.Genres], "genres", _genres);
        movie.Countries = ReadList(record[columns.Countries], "production_countries", _countries);
        movie.Languages = ReadList(record[columns.Languages], "spoken_languages", _languages);
        return movie;
    }

    private IReadOnlyList<T> ReadList<T>(ReadOnlySpan<byte> text, string field, NamedListParser<T> lists)
        where T : class
    {
        if (lists.FindOriginal is null)
        {
            SetFindOriginal(field, lists);
        }

        return _fields.ReadList(text, field, lists);
    }

    private void SetFindOriginal<T>(string field, NamedListParser<T> lists)
        where T : class =>
        lists.FindOriginal = name => FindOriginal(field, name);

    private Func<string, string?> FindCollection => _findCollection ??= name => FindOriginal(MovieColumns.CollectionName, name);

    /// <summary>Returns the correct form of a wrongly decoded name; null if the file does not contain it.</summary>
    private string? FindOriginal(string field, string name)
    {
        NeedsFileNames |= FileNames is null;
        return FileNames?.FindOriginal(field, name);
    }

    /// <summary>Reads the release date, with the help of a column of years, and flags a movie that is marked as released but dated in the future.</summary>
    private void ReadDates(RecordView record, Movie movie)
    {
        var columnYear = columns.ReleaseYear < 0 ? null : _fields.ReadYear(record[columns.ReleaseYear], MovieField.ReleaseYear.SourceName);
        var read = _fields.ReadDate(record[columns.ReleaseDate], MovieField.ReleaseDate.SourceName, Notations?.Dates, columnYear);
        movie.ReleaseDate = read.Date;
        movie.YearWithoutDate = read.Date is null ? read.Year ?? columnYear : null;
        if (movie.ReleaseYear >= Today.Year && movie.Status is null or "Released" && (movie.ReleaseDate > Today || movie.YearWithoutDate > Today.Year))
        {
            var field = movie.ReleaseDate is null ? MovieField.ReleaseYear : MovieField.ReleaseDate;
            _fields.FlagFuture(field.Format(movie)!, field.SourceName);
        }
    }

    private void Read(int index, ReadOnlySpan<byte> text, Movie movie, ref MovieTextBuffer texts)
    {
        var field = MovieField.All[index];
        switch (field)
        {
            case MovieField<MovieText> { Kind: MovieFieldKind.Text } typed:
                _fields.CheckDecoding(text, field.SourceName);
                typed.Set(movie, !field.IsTitle && _fields.IsPlaceholderText(text, field.SourceName) ? default : texts.Add(text));
                break;
            case MovieField<MovieText> { Kind: MovieFieldKind.Collection } typed:
                typed.Set(movie, new(_fields.ReadCollection(text, field.SourceName, columns.Lists.Collection.Notation, FindCollection)));
                break;
            case MovieField<MovieText> typed:
                typed.Set(movie, new(_fields.IsPlaceholderName(text, field.SourceName) ? null : _common.GetOrAdd(text)));
                break;
            case MovieField<DateOnly?>:
                // The date depends on other columns; see ReadDates.
                break;
            case MovieField<long?> typed:
                typed.Set(movie, _fields.ReadAmount(text, field.SourceName, Notations?.GetMark(index), columns.FieldUnits[index]));
                break;
            case MovieField<int?> { Kind: MovieFieldKind.Minutes } typed:
                typed.Set(movie, _fields.ReadMinutes(text, field.SourceName, Notations?.GetMark(index)));
                break;
            case MovieField<int?> typed:
                typed.Set(movie, _fields.ReadCount(text, field.SourceName, Notations?.GetMark(index)));
                break;
            case MovieField<decimal?> typed:
                typed.Set(movie, _fields.ReadDecimal(text, field.SourceName, Notations?.GetMark(index), field.MaxValue));
                break;
            case MovieField<bool?> typed:
                typed.Set(movie, _fields.ReadBoolean(text, field.SourceName));
                break;
            default:
                throw new NotSupportedException($"{field.Name}: the field's type is not supported");
        }
    }

    /// <summary>Returns true if the record has all columns and, beyond the header, only empty fields, since spreadsheets pad rows.</summary>
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
