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

    /// <summary><c>Drama;Comedy</c>, <c>Drama; Comedy</c>.</summary>
    Semicolons,

    /// <summary><c>Drama / Comedy</c>.</summary>
    SpacedSlashes,

    /// <summary><c>Drama/Comedy</c>.</summary>
    Slashes,

    /// <summary><c>Drama-Comedy</c>.</summary>
    Hyphens,

    /// <summary><c>Drama Comedy</c>, of genres only.</summary>
    Spaces,

    /// <summary>TMDB's IDs of genres: <c>18|35</c>.</summary>
    Ids,

    /// <summary>A single name: <c>Drama</c>.</summary>
    SingleName,
}

/// <summary>How one column writes its lists.</summary>
/// <param name="Notation">The notation.</param>
/// <param name="Evidence">What the first values show about names that may contain the separator; null if they show nothing.</param>
internal readonly record struct ListForm(ListNotation Notation, NameEvidence? Evidence = null);

/// <summary>The notations of the lists, and of the collection, in a movies file.</summary>
internal readonly record struct ListNotations(ListForm Genres, ListForm Companies, ListForm Countries, ListForm Languages, ListForm Collection);
