namespace CineLedger.Cleaning;

/// <summary>How a column writes a list of names.</summary>
internal enum ListNotation
{
    /// <summary>A Python or JSON literal: <c>[{'id': 18, 'name': 'Drama'}]</c>, <c>["Drama"]</c>. It is read in columns of any notation.</summary>
    Literal,

    /// <summary><c>Drama, Comedy</c>.</summary>
    SpacedCommas,

    /// <summary><c>Drama,Comedy</c>.</summary>
    Commas,

    /// <summary><c>Drama|Comedy</c>.</summary>
    Pipes,

    /// <summary>A single name: <c>Drama</c>.</summary>
    SingleName,
}

/// <summary>The notations of the lists in a movies file.</summary>
internal readonly record struct ListNotations(ListNotation Genres, ListNotation Companies, ListNotation Countries, ListNotation Languages);
