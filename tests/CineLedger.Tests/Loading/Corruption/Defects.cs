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

    public static Defect Get(string name) => All.Single(defect => defect.Name == name);
}
