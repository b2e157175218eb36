using System.Text.RegularExpressions;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>
/// How a load of a damaged file ended: stopped by gates; refused as unreadable; the same movies as the undamaged file has, whether or not a snapshot was published;
/// or other movies, published.
/// </summary>
internal enum LoadResult { Stopped, Refused, Same, Damaged }

/// <param name="Result">How the load ended.</param>
/// <param name="Text">The error message, or a description of the damage that was published.</param>
internal sealed record LoadOutcome(LoadResult Result, string Text)
{
    /// <summary>The gates that stopped the load, each with the column that it names, if any.</summary>
    public IReadOnlyList<(string Gate, string? Column)> Gates { get; init; } = [];

    /// <summary>Returns whether the damage was kept out, with a message that names a damaged column.</summary>
    public bool IsSafe(Defect defect) => Result == LoadResult.Same || (Result != LoadResult.Damaged && NamesColumn(defect));

    private bool NamesColumn(Defect defect) =>
        defect.Columns.Length == 0 || defect.Columns.Any(column => Regex.IsMatch(Text, $@"\b{column.Replace("_", "[_ ]", StringComparison.Ordinal)}s?\b", RegexOptions.IgnoreCase));

    /// <summary>Returns a cell of the table of defects and gates.</summary>
    public string ToCell(Defect defect) => Result switch
    {
        LoadResult.Stopped => string.Join(", ", Gates.Select(gate => gate.Column is null ? gate.Gate : $"{gate.Gate} ({gate.Column})").Distinct()) + Remark(defect),
        LoadResult.Refused => "refused" + Remark(defect),
        LoadResult.Same => "same movies",
        _ => "**published**",
    };

    public override string ToString() => $"{Result}: {Text}";

    private string Remark(Defect defect) => NamesColumn(defect) ? "" : ", column not named";
}
