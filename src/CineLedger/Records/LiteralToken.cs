namespace CineLedger.Records;

/// <summary>What <see cref="LiteralReader"/> has come upon.</summary>
public enum LiteralToken : byte
{
    /// <summary>Nothing yet.</summary>
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

    /// <summary>The text ended after one whole value.</summary>
    End,

    /// <summary>The text is no literal.</summary>
    Error,
}
