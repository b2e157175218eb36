using System.Globalization;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Snapshots;

/// <summary>Between which snapshots differences are looked at, and which of them.</summary>
/// <param name="A">The snapshot to come from.</param>
/// <param name="B">The snapshot to go to.</param>
/// <param name="Change"><c>added</c>, <c>changed</c> or <c>removed</c>; null for all.</param>
/// <param name="Field">Of changed films, only this field; null for all.</param>
/// <param name="Start">The place of the first row shown, from 1.</param>
public sealed record DifferenceSearch(int A, int B, string? Change, string? Field, int Start)
{
    internal const string Address = "/snapshots/diff";

    /// <summary>Rows on a page.</summary>
    public const int PageRows = 100;

    private static readonly Parameter<int?> From = Parameter.Whole("a", "The snapshot to come from.", least: 1) with { IsRequired = true };
    private static readonly Parameter<int?> To = Parameter.Whole("b", "The snapshot to go to.", least: 1) with { IsRequired = true };
    private static readonly Parameter<string?> ChangeWord = Parameter.Word("change", Changes, "Only films that were added, changed or removed.");
    private static readonly Parameter<string?> FieldName = Parameter.Text("field", "Only changes of this field.");
    private static readonly Parameter<int?> StartAt = Parameter.Whole("start", "The place of the first one on the page, from 1.", least: 1, most: int.MaxValue - PageRows);

    internal static IReadOnlyList<Parameter> Parameters { get; } = [From, To, ChangeWord, FieldName, StartAt];

    public static IReadOnlyList<string> Changes => ["added", "changed", "removed"];

    public static DifferenceSearch Read(ParameterValues values) =>
        new(values.Need(From), values.Need(To), values.Get(ChangeWord), values.Get(FieldName), values.Get(StartAt) ?? 1);

    public static string Link(PageState state, int a, int b) => state.Link(
        Address, ("a", a.ToString(CultureInfo.InvariantCulture)), ("b", b.ToString(CultureInfo.InvariantCulture)));

    public bool Fits(ResultRow row) => (Change is null || row.Text("change") == Change) && (Field is null || row.Text("field") == Field);

    /// <summary>All differences over HTTP.</summary>
    public string Download(string? format) => new PageState().Link(string.Create(CultureInfo.InvariantCulture, $"/api/v1/snapshots/{A}/diff/{B}"), ("format", format));
}
