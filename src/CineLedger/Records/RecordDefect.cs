namespace CineLedger.Records;

/// <summary>A defect that the reader found in a record as a whole.</summary>
internal enum RecordDefect : byte
{
    None,

    /// <summary>A quote is never closed. The record ends before the next line that is a record of its own, and has no fields.</summary>
    OpenQuote,

    /// <summary>Quotes inside quoted text follow a backslash, as MySQL and Spark write them. The fields are those that the writer meant.</summary>
    BackslashQuotes,

    /// <summary>The record repeats the header, as in concatenated files.</summary>
    RepeatedHeader,
}
