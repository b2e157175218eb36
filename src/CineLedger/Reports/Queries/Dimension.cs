namespace CineLedger.Reports.Queries;

/// <summary>A value that movies are grouped by: a part of the release date, a text column of the movie, or linked names.</summary>
public sealed record Dimension
{
    public required string Name { get; init; }

    /// <summary>Gets a short description for users.</summary>
    public required string Meaning { get; init; }

    /// <summary>Gets the form of its values.</summary>
    public required ValueForm Form { get; init; }

    /// <summary>Gets whether it is part of the release date. Movies without a date are then counted as undated.</summary>
    public bool IsTime { get; init; }

    /// <summary>Gets whether a movie may have several of these names.</summary>
    public bool IsMultiValued => Links is not null;

    /// <summary>Gets whether it needs the month, which is unknown if only the year of a movie is known.</summary>
    internal bool NeedsMonth => Form is ValueForm.Quarter or ValueForm.Month or ValueForm.MonthOfYear or ValueForm.Weekday;

    /// <summary>
    /// Gets a function that builds the key of a movie <c>m</c> from the SQL of its year; null for a dimension with <see cref="Links"/>. Movies
    /// without a key are excluded and counted.
    /// </summary>
    internal Func<string, string>? Key { get; init; }

    /// <summary>Gets the column of the movie that it depends on; null for a part of the date or <see cref="Links"/>.</summary>
    internal string? Column { get; init; }

    /// <summary>Gets whether rows are sorted by the key, because the displayed form sorts differently.</summary>
    internal bool IsSortedByKey => Form == ValueForm.Weekday;

    /// <summary>Gets the links to names, of which a movie may have several; null when the key is a column of the movie.</summary>
    internal LinkTable? Links { get; init; }

    internal ColumnKind Kind => Form is ValueForm.Year or ValueForm.Decade or ValueForm.MonthOfYear ? ColumnKind.Identifier : ColumnKind.Text;

    /// <summary>
    /// Builds the displayed form of a key. Quarters and months are numbered consecutively across years, so that they compare as numbers.
    /// Divisions leave no remainder, because engines differ in integer division.
    /// </summary>
    internal string FormatLabel(string key) => Form switch
    {
        ValueForm.Quarter => $"CAST(CAST(({key} - {key} % 4) / 4 AS INTEGER) AS TEXT) || '-Q' || CAST({key} % 4 + 1 AS TEXT)",
        ValueForm.Month => $"CAST(CAST(({key} - {key} % 12) / 12 AS INTEGER) AS TEXT) || '-' || LPAD(CAST({key} % 12 + 1 AS TEXT), 2, '0')",
        ValueForm.Weekday => $"CASE {key} {string.Join(' ', Dimensions.Weekdays.Select((name, i) => FormattableString.Invariant($"WHEN {i + 1} THEN '{name}'")))} END",
        _ => key,
    };
}
