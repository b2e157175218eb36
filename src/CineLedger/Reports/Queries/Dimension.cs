namespace CineLedger.Reports.Queries;

/// <summary>Something that movies are grouped by: a part of the release date, a text of the movie's own, or names it is linked to.</summary>
public sealed record Dimension
{
    public required string Name { get; init; }

    /// <summary>What it is, in a few words, for users.</summary>
    public required string Meaning { get; init; }

    /// <summary>How its values are written.</summary>
    public required ValueForm Form { get; init; }

    /// <summary>Part of the release date: movies without one are counted as undated.</summary>
    public bool IsTime { get; init; }

    /// <summary>
    /// The key that a movie <c>m</c> has, given the text that stands for its year; null for a dimension of <see cref="Links"/>. A movie without
    /// a key is left out and counted.
    /// </summary>
    internal Func<string, string>? Key { get; init; }

    /// <summary>The links to the names, of which a movie may have several; null where the movie itself has the key.</summary>
    internal LinkTable? Links { get; init; }

    internal ColumnKind Kind => Form is ValueForm.Year or ValueForm.Decade or ValueForm.MonthOfYear ? ColumnKind.Identifier : ColumnKind.Text;

    /// <summary>
    /// A key as it is shown. Quarters and months are counted through all years, so that they can be compared as numbers; the divisions
    /// leave no remainder, since engines differ in what dividing whole numbers gives.
    /// </summary>
    internal string FormatLabel(string key) => Form switch
    {
        ValueForm.Quarter => $"CAST(CAST(({key} - {key} % 4) / 4 AS INTEGER) AS TEXT) || '-Q' || CAST({key} % 4 + 1 AS TEXT)",
        ValueForm.Month => $"CAST(CAST(({key} - {key} % 12) / 12 AS INTEGER) AS TEXT) || '-' || LPAD(CAST({key} % 12 + 1 AS TEXT), 2, '0')",
        _ => key,
    };
}
