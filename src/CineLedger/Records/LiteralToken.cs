namespace CineLedger.Records;

/// <summary>The tokens of <see cref="LiteralReader"/>.</summary>
public enum LiteralToken : byte
{
    /// <summary>Nothing has been read yet.</summary>
    Start,
    ListStart,
    ListEnd,
    DictStart,
    DictEnd,

    /// <summary>A key of a dict; its value follows.</summary>
    Key,
    String,
    Integer,
    Float,
    True,
    False,

    /// <summary><c>None</c> or <c>null</c>.</summary>
    None,

    /// <summary>The text ended after one complete value.</summary>
    End,

    /// <summary>The text is not a valid literal.</summary>
    Error,
}
