using System.Globalization;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Snapshots;

/// <summary>The snapshots to compare, and the filters of the differences.</summary>
/// <param name="A">The snapshot to compare from.</param>
/// <param name="B">The snapshot to compare to.</param>
/// <param name="Change"><c>added</c>, <c>changed</c> or <c>removed</c>; null for all.</param>
/// <param name="Field">Only changes of this field; null for all.</param>
/// <param name="Start">The position of the first row on the page, from 1.</param>
public sealed record SnapshotDiffSearch(int A, int B, string? Change, string? Field, int Start)
{
    internal const string Address = "/snapshots/diff";

    /// <summary>Rows per page.</summary>
    public const int PageRows = 100;

    private static readonly Parameter<int?> From = Parameter.CreateInteger("a", "The snapshot to compare from.", min: 1) with { IsRequired = true };
    private static readonly Parameter<int?> To = Parameter.CreateInteger("b", "The snapshot to compare to.", min: 1) with { IsRequired = true };
    private static readonly Parameter<string?> ChangeParameter = Parameter.CreateEnum("change", Changes, "Only movies that were added, changed or removed.");
    private static readonly Parameter<string?> FieldParameter = Parameter.CreateText("field", "Only changes of this field.");
    private static readonly Parameter<int?> StartParameter =
        Parameter.CreateInteger("start", "The position of the first row on the page, from 1.", min: 1, max: int.MaxValue - PageRows);

    internal static IReadOnlyList<Parameter> Parameters { get; } = [From, To, ChangeParameter, FieldParameter, StartParameter];

    public static IReadOnlyList<string> Changes => ["added", "changed", "removed"];

    public static SnapshotDiffSearch Read(ParameterValues values) =>
        new(values.GetRequired(From), values.GetRequired(To), values.Get(ChangeParameter), values.Get(FieldParameter), values.Get(StartParameter) ?? 1);

    public static string GetLink(PageState state, int a, int b) => state.GetLink(
        Address, ("a", a.ToString(CultureInfo.InvariantCulture)), ("b", b.ToString(CultureInfo.InvariantCulture)));

    public bool Matches(ResultRow row) => (Change is null || row.GetText("change") == Change) && (Field is null || row.GetText("field") == Field);

    /// <summary>Returns the address of all differences in the API.</summary>
    public string GetDownloadAddress(string? format) => new PageState().GetLink(string.Create(CultureInfo.InvariantCulture, $"/api/v1/snapshots/{A}/diff/{B}"), ("format", format));
}
