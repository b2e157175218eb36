using CineLedger.Model;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>What findings mean, in the words of docs/cleaning.md, for who never read it.</summary>
public static class RuleMeaning
{
    private static readonly Dictionary<string, string> OfRules = new(StringComparer.Ordinal)
    {
        [Rules.SplitRecord] = "A record was broken over two rows or more; its parts were joined where the break was, and the result reads as a film in every field.",
        [Rules.WrongColumnCount] = "The record has another number of fields than the header, and no neighbour that completes it.",
        [Rules.InvalidId] = "The id is no whole number above zero: nobody can say which film the record is of.",
        [Rules.InvalidJson] = "A line or message that should hold a film as a JSON object and does not; its text is kept.",
        [Rules.DeletedRecord] = "A JSON object in a dataset that says its film is gone; a load goes by what is there.",
        [Rules.DuplicateRecord] = "The same film stands there twice with the same content; one record is enough.",
        [Rules.ConflictingDuplicate] = "The same film stands there twice with different content; the record with most votes won, the later one on a tie. The value is the loser.",
        [Rules.InvalidNumber] = "No number, or one beyond all reason; the film stays, and the field is unknown.",
        [Rules.InvalidDate] = "No date, or one that the text does not decide; the film stays, and the date is unknown.",
        [Rules.InvalidBoolean] = "Neither true nor false; the film stays, and the field is unknown.",
        [Rules.InvalidList] = "No list of things with names; the value says at which character it went wrong. The film stays, without them.",
        [Rules.AmbiguousNames] = "A name after a comma begins with a small letter: the comma may be part of a name. They were taken apart.",
        [Rules.NegativeAmount] = "An amount, a runtime, a popularity or a count below zero; the film stays, and the field is unknown.",
        [Rules.SuspiciousAmount] = "A known amount below 1,000 dollars: probably meant in millions, or a placeholder. Kept as it stands.",
        [Rules.SpreadsheetValue] = "A spreadsheet wrote the values of a column in its own way, and the text still says what they were.",
        [Rules.RoundedNumber] = "More than six decimals, or a runtime with a fraction: rounded, half to even.",
        [Rules.UnknownColumn] = "A column that no rule reads; told once a file.",
        [Rules.UnlinkedRating] = "Ratings of a MovieLens id that the file of links does not have, or has no film for.",
        [Rules.SharedLink] = "Ratings of a MovieLens id that shares its film with another id, which has the film's own IMDb number.",
        [Rules.UnknownMovie] = "Ratings, credits or keywords of a film that the ledger does not have.",
    };

    private static readonly Dictionary<string, (string Title, string Meaning)> OfKinds = new(StringComparer.Ordinal)
    {
        ["repair"] = ("Repaired", "mended: the value is in the ledger"),
        ["reject"] = ("Rejected", "refused: a record is left out, or a field of it is unknown"),
        ["drop"] = ("Dropped", "surplus: another record describes the same film"),
        ["flag"] = ("Flagged", "kept as it stands, and pointed at"),
    };

    /// <summary>One or two sentences on a rule; its name for one that this program does not know.</summary>
    public static string Of(string rule) => OfRules.GetValueOrDefault(rule, rule);

    /// <summary>What became of the data, as a heading: <c>Repaired</c>.</summary>
    public static string TitleOf(string kind) => OfKinds.TryGetValue(kind, out var known) ? known.Title : kind;

    /// <summary>What that is.</summary>
    public static string MeaningOf(string kind) => OfKinds.TryGetValue(kind, out var known) ? known.Meaning : kind;
}
