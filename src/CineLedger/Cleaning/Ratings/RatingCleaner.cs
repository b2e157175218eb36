using System.Globalization;
using System.Text;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning.Ratings;

/// <summary>
/// Adds ratings to a tally and reports findings. A cleaner must be used by one thread only. Plain lines are parsed by <see cref="FastRatingParser"/>, which
/// passes all other lines to this class as records.
/// </summary>
/// <param name="columns">The file's columns; see <see cref="ReadColumns"/>.</param>
/// <param name="file">The file's name, for findings.</param>
/// <param name="tally">Receives the ratings.</param>
internal sealed class RatingCleaner(FileColumns columns, string file, RatingTally tally)
{
    private const int MinRating = 500_000;
    private const int MaxRating = 5_000_000;

    /// <summary>The first second of each supported year and of the year after the last.</summary>
    private static readonly long[] YearStarts =
    [
        .. Enumerable.Range(RatingTally.FirstYear, RatingTally.LastYear - RatingTally.FirstYear + 2)
            .Select(year => new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()),
    ];

    private long _yearStart;
    private long _yearEnd;
    private int _year;

    public RatingTally Tally => tally;

    public CappedFindings Findings { get; } = new(file);

    public SpreadsheetFindings Spreadsheet { get; } = new(file);

    /// <summary>The number of records read, without empty rows.</summary>
    public long Records { get; private set; }

    /// <summary>The number of unusable records among them.</summary>
    public long Rejected { get; private set; }

    /// <summary>Reads a header. The result has the columns in the order user, movie, rating, time.</summary>
    public static FileColumns ReadColumns(IReadOnlyList<string> header, string file) =>
        FileColumns.Read(header, file, DatasetFiles.Ratings, "userId", "movieId", "rating", "timestamp");

    /// <summary>Adds a rating whose fields have been parsed as numbers. Returns false, and adds nothing, if one of them is out of range.</summary>
    public bool TryAdd(long user, long movieLens, long micros, long time, int line)
    {
        if (user <= 0 || movieLens <= 0 || micros is < MinRating or > MaxRating || !TryGetYear(time, out var year))
        {
            return false;
        }

        Records++;
        tally.Add(user, movieLens, (int)micros, year, line);
        return true;
    }

    /// <summary>Adds all records of a batch.</summary>
    public void Add(RecordBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            if (record.IsEmpty)
            {
                Spreadsheet.Add("empty row", null, null, record.Line);
            }
            else if (record.Defect == RecordDefect.RepeatedHeader)
            {
                Records++;
                Findings.Add(FindingKind.Drop, Rules.RepeatedHeader, record.Line, null, null, record.Raw);
            }
            else if (!columns.Matches(record))
            {
                Reject(Rules.WrongColumnCount, record, null, record.Raw);
            }
            else
            {
                Add(record);
            }
        }
    }

    private void Add(RecordView record)
    {
        var user = record[columns[0]];
        var movie = record[columns[1]];
        var rating = record[columns[2]];
        var time = record[columns[3]];
        if (!TryReadId(user, "userId", record, out var userId) || !TryReadId(movie, "movieId", record, out var movieLens))
        {
            return;
        }

        var rule = DecimalParser.Parse(rating, 5, out var stars);
        if (stars is not >= 0.5m)
        {
            Reject(rule is Rules.NegativeAmount ? rule : Rules.InvalidNumber, record, "rating", rating);
            return;
        }

        if (!TryReadTime(time, out var seconds, out var spreadsheetTime) || !TryGetYear(seconds, out var year))
        {
            Reject(Rules.InvalidDate, record, "timestamp", time);
            return;
        }

        if (rule is Rules.RoundedNumber)
        {
            Findings.Add(FindingKind.Repair, rule, record.Line, null, "rating", rating);
        }

        if (spreadsheetTime)
        {
            Spreadsheet.Add("number with .0", "timestamp", Encoding.UTF8.GetString(time), record.Line);
        }

        Records++;
        tally.Add(userId, movieLens, (int)(stars.Value * 1_000_000m), year, record.Line);
    }

    private bool TryReadId(ReadOnlySpan<byte> text, string field, RecordView record, out long id)
    {
        if (!IdParser.TryParse(text, out id, out var spreadsheet))
        {
            Reject(Rules.InvalidId, record, field, text);
            return false;
        }

        if (spreadsheet)
        {
            Spreadsheet.Add("number with .0", field, Encoding.UTF8.GetString(text), record.Line);
        }

        return true;
    }

    /// <summary>Reads seconds since 1970, UTC. Unlike in an id, zero is allowed.</summary>
    private static bool TryReadTime(ReadOnlySpan<byte> text, out long seconds, out bool spreadsheet)
    {
        text = text.Trim(" \t"u8);
        spreadsheet = text.EndsWith(".0"u8);
        return long.TryParse(spreadsheet ? text[..^2] : text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds);
    }

    private bool TryGetYear(long time, out int year)
    {
        // A user often rates many movies in one session, so the year of the previous rating usually applies.
        if (time < _yearStart || time >= _yearEnd)
        {
            var place = Array.BinarySearch(YearStarts, time);
            place = place < 0 ? ~place - 1 : place;
            if (place < 0 || place + 1 >= YearStarts.Length)
            {
                year = 0;
                return false;
            }

            (_yearStart, _yearEnd, _year) = (YearStarts[place], YearStarts[place + 1], RatingTally.FirstYear + place);
        }

        year = _year;
        return true;
    }

    private void Reject(string rule, RecordView record, string? field, ReadOnlySpan<byte> text)
    {
        Records++;
        Rejected++;
        Findings.Add(FindingKind.Reject, rule, record.Line, null, field, text);
    }
}
