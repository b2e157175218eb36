namespace CineLedger.Records;

/// <summary>What the reader has found to be wrong with a record as a whole.</summary>
internal enum RecordDefect : byte
{
    None,

    /// <summary>A quote is never closed. The record ends before the next line that is a record of its own, and has no fields.</summary>
    OpenQuote,

    /// <summary>Quotes inside quoted text follow a backslash, as MySQL and Spark write them. The fields are those that the writer meant.</summary>
    BackslashQuotes,

    /// <summary>The record is the header once more, as in files that were joined.</summary>
    RepeatedHeader,
}
