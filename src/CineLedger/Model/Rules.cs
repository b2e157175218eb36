namespace CineLedger.Model;

/// <summary>A cleaning rule.</summary>
/// <param name="Name">The name in findings. It must not change, because scripts filter by it.</param>
/// <param name="Kind">The kind of its findings.</param>
/// <param name="Meaning">One or two sentences for a reader who does not know docs/cleaning.md.</param>
public sealed record Rule(string Name, FindingKind Kind, string Meaning)
{
    /// <summary>
    /// For a rule that removes records: the label of these records in the reconciliation of a load. Each of its findings in the movies file stands for one
    /// record that did not become a movie. Null for rules that keep the record.
    /// </summary>
    public string? CostsRecord { get; init; }
}

/// <summary>The list of rules, read by everything that counts records, explains findings or filters by rule.</summary>
public static class Rules
{
    public const string SplitRecord = "split-record";
    public const string WrongColumnCount = "wrong-column-count";
    public const string InvalidId = "invalid-id";
    public const string OpenQuote = "open-quote";
    public const string RepeatedHeader = "repeated-header";
    public const string Encoding = "encoding";
    public const string DamagedText = "damaged-text";
    public const string ShiftedRecord = "shifted-record";
    public const string InvalidJson = "invalid-json";
    public const string DeletedRecord = "deleted-record";
    public const string DuplicateRecord = "duplicate-record";
    public const string ConflictingDuplicate = "conflicting-duplicate";
    public const string CombinedRow = "combined-row";
    public const string InvalidNumber = "invalid-number";
    public const string InvalidDate = "invalid-date";
    public const string InvalidBoolean = "invalid-boolean";
    public const string InvalidList = "invalid-list";
    public const string InvalidEntry = "invalid-entry";
    public const string AmbiguousNames = "ambiguous-names";
    public const string RedecodedName = "redecoded-name";
    public const string WronglyDecoded = "wrongly-decoded";
    public const string Alias = "alias";
    public const string SharedCompanyId = "shared-company-id";
    public const string NegativeAmount = "negative-amount";
    public const string SuspiciousAmount = "suspicious-amount";
    public const string SpreadsheetValue = "spreadsheet-value";
    public const string Placeholder = "placeholder";
    public const string PartialDate = "partial-date";
    public const string ForeignCurrency = "foreign-currency";
    public const string FutureDate = "future-date";
    public const string RoundedNumber = "rounded-number";
    public const string UnknownColumn = "unknown-column";
    public const string MissingColumn = "missing-column";
    public const string UnknownMovie = "unknown-movie";
    public const string UnlinkedRating = "unlinked-rating";
    public const string SharedLink = "shared-link";

    /// <summary>All rules, in the order of docs/cleaning.md.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        new(SplitRecord, FindingKind.Repair, "A record was split across two or more rows. The parts were joined, and every field of the result is valid."),
        new(WrongColumnCount, FindingKind.Reject, "The record does not have as many fields as the header, and no adjacent record completes it.")
        {
            CostsRecord = "rejected: wrong number of fields",
        },
        new(OpenQuote, FindingKind.Reject, "A quote in the record is never closed. The record was cut before the next line that is a valid record.")
        {
            CostsRecord = "rejected: a quote is never closed",
        },
        new(RepeatedHeader, FindingKind.Drop, "The header line occurs again, as in concatenated files.")
        {
            CostsRecord = "dropped: header repeated",
        },
        new(Encoding, FindingKind.Repair, "The file is not UTF-8 and was converted from the named encoding, or NUL bytes were removed from it. One finding per file."),
        new(
            DamagedText,
            FindingKind.Repair,
            "The text contains bytes that are not UTF-8. Each damaged character was replaced by U+FFFD. If the whole file has another encoding, state it with --encoding."),
        new(InvalidId, FindingKind.Reject, "The ID is not a whole number above zero, so the movie cannot be identified.")
        {
            CostsRecord = "rejected: no usable ID",
        },
        new(
            ShiftedRecord,
            FindingKind.Reject,
            "Three or more fields cannot be read, or one cannot and text follows a closing quote, or a field that never contains a line break has one: "
                + "the values belong to other columns, so even the ID may be wrong.")
        {
            CostsRecord = "rejected: fields shifted to other columns",
        },
        new(InvalidJson, FindingKind.Reject, "A line or message is not a JSON object that describes a movie. The finding keeps its text.")
        {
            CostsRecord = "rejected: not a JSON object",
        },
        new(DeletedRecord, FindingKind.Drop, "A JSON object in a dataset marks its movie as deleted, so the load treats the movie as missing from the dataset.")
        {
            CostsRecord = "dropped: movie marked as deleted",
        },
        new(DuplicateRecord, FindingKind.Drop, "The file contains the same movie twice with the same content; one record was kept.")
        {
            CostsRecord = "dropped: duplicate with the same content",
        },
        new(
            ConflictingDuplicate,
            FindingKind.Drop,
            "The file contains the same movie twice with different content. The record with more votes was kept, or the later one on a tie. The value is the dropped record.")
        {
            CostsRecord = "dropped: another record of the same movie was kept",
        },
        new(
            CombinedRow,
            FindingKind.Drop,
            "The file has one row per movie and genre. The rows of a movie, equal except for the genre, were combined into one movie with all its genres. One finding per movie.")
        {
            CostsRecord = "dropped: another genre of the same movie",
        },
        new(InvalidNumber, FindingKind.Reject, "Not a number, or an implausible one. The movie was kept without the value."),
        new(InvalidDate, FindingKind.Reject, "Not a date, or an ambiguous one. The movie was kept without the date."),
        new(InvalidBoolean, FindingKind.Reject, "Neither true nor false. The movie was kept without the value."),
        new(InvalidList, FindingKind.Reject, "Not a list of names; the value includes the position of the error. The movie was kept without the list."),
        new(InvalidEntry, FindingKind.Reject, "An entry of a list has no name. The movie was kept with the other entries."),
        new(
            AmbiguousNames,
            FindingKind.Flag,
            "Names whose separators are unclear, because a comma may be part of a name or the text uses another notation than its column. "
                + "The text was split like the other values of the column; in lists joined by hyphens, only unambiguous names were kept."),
        new(
            RedecodedName,
            FindingKind.Repair,
            "A name that was decoded wrongly before (CinÃ©ma) was replaced by its correct form (Cinéma), which the same file also contains. One finding per column and name."),
        new(
            WronglyDecoded,
            FindingKind.Flag,
            "Text that seems to have been decoded wrongly before (CinÃ©ma for Cinéma). It was kept unchanged. One finding per text column, or per name in lists."),
        new(
            Alias,
            FindingKind.Repair,
            "Another spelling of a company's name: letter case, spaces or a dot at the end differ. It counts as the same company under its most frequent name. "
                + "One finding per spelling."),
        new(
            SharedCompanyId,
            FindingKind.Flag,
            "A company has the TMDB ID of another company, which may be an older or newer name of it. Both are kept. One finding per further name."),
        new(NegativeAmount, FindingKind.Reject, "An amount, a runtime, a popularity or a count below zero. The movie was kept without the value."),
        new(SuspiciousAmount, FindingKind.Flag, "A known amount below 1,000 dollars, probably meant in millions, or a placeholder. It was kept unchanged."),
        new(SpreadsheetValue, FindingKind.Repair, "A spreadsheet reformatted the values of a column; the original values could be recovered."),
        new(Placeholder, FindingKind.Repair, "A placeholder for a missing value, such as NaN, NULL or N/A: the value is unknown. One finding per column and word."),
        new(PartialDate, FindingKind.Repair, "A release date without a day. The movie counts in its year, but in no month. One finding per column."),
        new(ForeignCurrency, FindingKind.Reject, "An amount in a currency other than US dollars; the value names the currency. The movie was kept without the amount."),
        new(FutureDate, FindingKind.Flag, "A movie with the status Released, or without a status, has a release date after the day of the load. It was kept unchanged."),
        new(RoundedNumber, FindingKind.Repair, "More than six decimals, or a runtime with a fraction: rounded half to even."),
        new(UnknownColumn, FindingKind.Flag, "A column that is not read; one finding per file."),
        new(MissingColumn, FindingKind.Flag, "A column that the file does not have, so its values are not in the source; one finding per column and file."),
        new(UnknownMovie, FindingKind.Reject, "Ratings, credits or keywords of a movie that is not in the ledger."),
        new(UnlinkedRating, FindingKind.Reject, "Ratings of a MovieLens ID that is not in the links file, or has no TMDB ID there."),
        new(
            SharedLink,
            FindingKind.Reject,
            "Ratings of a MovieLens ID whose TMDB ID belongs to other MovieLens IDs, too. Its IMDb ID does not match the movie's, or is not the only match."),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(rule => rule.Name)];

    private static readonly Dictionary<string, Rule> ByName = All.ToDictionary(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>Returns null for an unknown name, since a newer version may have written the ledger.</summary>
    public static Rule? Find(string name) => ByName.GetValueOrDefault(name);
}
