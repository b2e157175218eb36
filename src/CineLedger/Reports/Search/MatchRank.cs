namespace CineLedger.Reports.Search;

/// <summary>How well a name matches a text, the best first.</summary>
public enum MatchRank
{
    /// <summary>The text is the whole name.</summary>
    WholeName,

    /// <summary>Each word of the text begins a word of the name.</summary>
    Beginnings,

    /// <summary>Each word of the text occurs in the name.</summary>
    Parts,

    /// <summary>The text is the whole name with one error: a wrong, missing or added letter, or two neighboring letters swapped.</summary>
    NearName,

    /// <summary>Each word of the text occurs in the name, or is a word of it with one error.</summary>
    NearWords,

    /// <summary>The text, or each of its words, is the beginning of the name or of a word with one error.</summary>
    NearBeginning,
}
