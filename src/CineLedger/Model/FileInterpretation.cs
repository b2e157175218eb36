namespace CineLedger.Model;

/// <summary>How a file of a dataset is read, as its beginning shows.</summary>
/// <param name="Name">The dataset's name of the file: <c>movies_metadata.csv</c>.</param>
/// <param name="Path">Its location in the dataset.</param>
/// <param name="Layout">The name of the supplier's layout.</param>
/// <param name="Format"><c>CSV</c>, or <c>JSON lines</c> for one movie per line.</param>
public sealed record FileInterpretation(string Name, string Path, string Layout, string Format)
{
    /// <summary>The encoding of its text.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>The delimiter between fields; null for JSON.</summary>
    public string? Delimiter { get; init; }

    /// <summary>The line of the column names, from 1; null for JSON.</summary>
    public int? HeaderLine { get; init; }

    /// <summary>The columns that are read, in the order of the file.</summary>
    public IReadOnlyList<ColumnInterpretation> Columns { get; init; } = [];

    /// <summary>The columns of the ledger that the file does not have. Members of JSON may be missing in any line, so there are none.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The columns that are not read, as the file names them.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];
}

/// <summary>How a column of a file is read.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="ReadAs">Its name in the ledger.</param>
public sealed record ColumnInterpretation(string Name, string ReadAs)
{
    /// <summary>How its lists are written: <c>names separated by '|'</c>; null for a column without lists.</summary>
    public string? Notation { get; init; }
}
