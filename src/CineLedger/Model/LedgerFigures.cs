namespace CineLedger.Model;

/// <summary>Figures of all movies of a snapshot, which the quality gates compare and which each load records.</summary>
/// <param name="Movies">The number of movies.</param>
/// <param name="Columns">One entry per column of <see cref="MovieField.All"/>, and after them genres, companies, countries and languages.</param>
public sealed record LedgerFigures(long Movies, IReadOnlyList<ColumnFigures> Columns)
{
    /// <summary>Returns the number of movies with a known value, or with at least one name; 0 for an unknown column.</summary>
    public long GetKnown(string column) => Columns.FirstOrDefault(figures => figures.Name == column)?.Known ?? 0;
}

/// <summary>Figures of one column. Sums, medians and maxima are null for columns without numbers and for columns without known values.</summary>
/// <param name="Name">The column, as the dataset calls it.</param>
/// <param name="Known">Movies with a known value, or with at least one name.</param>
/// <param name="Sum">The sum of the known values.</param>
/// <param name="Median">Their median, of a sample in a large ledger.</param>
/// <param name="Max">The largest one.</param>
public sealed record ColumnFigures(string Name, long Known, double? Sum, double? Median, double? Max);
