namespace CineLedger.Tests.Loading.Corruption;

/// <summary>All defects of the suite.</summary>
internal static class Defects
{
    public static IReadOnlyList<Defect> All { get; } =
    [
        .. ColumnDefects.All,
        .. AmountDefects.All,
        .. NumberDefects.All,
        .. DateDefects.All,
        .. ListDefects.All,
        .. WordDefects.All,
        .. RowDefects.All,
        .. HeaderDefects.All,
        .. EncodingDefects.All,
        .. RecordDefects.All,
        .. NotationDefects.All,
    ];

    /// <summary>
    /// Returns the names of the defects to test on one of two datasets: every second one, so that each defect is tested once, or all of them for the table. A load that
    /// changes every movie takes a third of a second.
    /// </summary>
    /// <param name="part">0 or 1.</param>
    public static IEnumerable<string> Choose(int part) => All.Where((_, place) => CorruptionTable.File is not null || place % 2 == part).Select(defect => defect.Name);

    public static Defect Get(string name) => All.Single(defect => defect.Name == name);
}
