namespace CineLedger.Model;

/// <summary>A rule of cleaning.</summary>
/// <param name="Name">As findings show it: a contract that scripts filter by.</param>
/// <param name="Kind">The kind of its findings.</param>
/// <param name="Meaning">One or two sentences for a reader who does not know docs/cleaning.md.</param>
public sealed record Rule(string Name, FindingKind Kind, string Meaning)
{
    /// <summary>
    /// For a rule that removes records: the label of these records in the account of a load. Each of its findings in the movies file stands for one record that
    /// did not become a movie. Null if records stay.
    /// </summary>
    public string? CostsRecord { get; init; }
}

/// <summary>The list of rules, read by everything that counts records, explains findings or filters by rule.</summary>
public static class Rules
{
    public const string SplitRecord = "split-record";
    public const string WrongColumnCount = "wrong-column-count";
    public const string InvalidId = "invalid-id";
    public const string InvalidJson = "invalid-json";
    public const string DeletedRecord = "deleted-record";
    public const string DuplicateRecord = "duplicate-record";
    public const string ConflictingDuplicate = "conflicting-duplicate";
    public const string InvalidNumber = "invalid-number";
    public const string InvalidDate = "invalid-date";
    public const string InvalidBoolean = "invalid-boolean";
    public const string InvalidList = "invalid-list";
    public const string AmbiguousNames = "ambiguous-names";
    public const string NegativeAmount = "negative-amount";
    public const string SuspiciousAmount = "suspicious-amount";
    public const string SpreadsheetValue = "spreadsheet-value";
    public const string RoundedNumber = "rounded-number";
    public const string UnknownColumn = "unknown-column";
    public const string UnknownMovie = "unknown-movie";
    public const string UnlinkedRating = "unlinked-rating";
    public const string SharedLink = "shared-link";

    /// <summary>In the order of docs/cleaning.md.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        new(SplitRecord, FindingKind.Repair, "A record was broken over two rows or more; its parts were joined where the break was, and the result reads as a movie in every field."),
        new(WrongColumnCount, FindingKind.Reject, "The record has another number of fields than the header, and no neighbour that completes it.")
        {
            CostsRecord = "rejected: not as many fields as the header",
        },
        new(InvalidId, FindingKind.Reject, "The id is no whole number above zero: nobody can say which movie the record is of.") { CostsRecord = "rejected: no usable id" },
        new(InvalidJson, FindingKind.Reject, "A line or message that should hold a movie as a JSON object and does not; its text is kept.") { CostsRecord = "rejected: no JSON object" },
        new(DeletedRecord, FindingKind.Drop, "A JSON object in a dataset that says its movie is gone; a load goes by what is there.") { CostsRecord = "dropped: the record says that its movie is deleted" },
        new(DuplicateRecord, FindingKind.Drop, "The same movie stands there twice with the same content; one record is enough.") { CostsRecord = "dropped: the same record once more" },
        new(ConflictingDuplicate, FindingKind.Drop, "The same movie stands there twice with different content; the record with most votes won, the later one on a tie. The value is the loser.")
        {
            CostsRecord = "dropped: another record of the same movie won",
        },
        new(InvalidNumber, FindingKind.Reject, "No number, or one beyond all reason; the movie stays, and the field is unknown."),
        new(InvalidDate, FindingKind.Reject, "No date, or one that the text does not decide; the movie stays, and the date is unknown."),
        new(InvalidBoolean, FindingKind.Reject, "Neither true nor false; the movie stays, and the field is unknown."),
        new(InvalidList, FindingKind.Reject, "No list of things with names; the value says at which character it went wrong. The movie stays, without them."),
        new(AmbiguousNames, FindingKind.Flag, "A name after a comma begins with a small letter: the comma may be part of a name. They were taken apart."),
        new(NegativeAmount, FindingKind.Reject, "An amount, a runtime, a popularity or a count below zero; the movie stays, and the field is unknown."),
        new(SuspiciousAmount, FindingKind.Flag, "A known amount below 1,000 dollars: probably meant in millions, or a placeholder. Kept as it stands."),
        new(SpreadsheetValue, FindingKind.Repair, "A spreadsheet wrote the values of a column in its own way, and the text still says what they were."),
        new(RoundedNumber, FindingKind.Repair, "More than six decimals, or a runtime with a fraction: rounded, half to even."),
        new(UnknownColumn, FindingKind.Flag, "A column that no rule reads; told once a file."),
        new(UnknownMovie, FindingKind.Reject, "Ratings, credits or keywords of a movie that the ledger does not have."),
        new(UnlinkedRating, FindingKind.Reject, "Ratings of a MovieLens id that the file of links does not have, or has no movie for."),
        new(SharedLink, FindingKind.Reject, "Ratings of a MovieLens id that shares its movie with another id, which has the movie's own IMDb number."),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(rule => rule.Name)];

    private static readonly Dictionary<string, Rule> ByName = All.ToDictionary(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>Returns null for a name that this program does not know: a newer one may have written the ledger.</summary>
    public static Rule? Find(string name) => ByName.GetValueOrDefault(name);
}
