using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>The filters of the findings list, with the parameters of <c>/api/v1/findings</c>.</summary>
public sealed record FindingSearch(string? Kind, string? Rule, string? File, long? Movie, int Start)
{
    internal const string Address = "/quality/findings";

    /// <summary>Findings per page.</summary>
    public const int PageRows = 25;

    private static readonly Parameter<string?> KindParameter = Parameter.CreateEnum("kind", FindingKindNames.All, "Only findings of this kind.");
    private static readonly Parameter<string?> RuleParameter = Parameter.CreateEnum("rule", Rules.Names, "Only findings of this cleaning rule.");
    private static readonly Parameter<string?> FileParameter = Parameter.CreateText("file", "Only findings in this file of the dataset.");
    private static readonly Parameter<long?> MovieParameter = Parameter.CreateId("movie", "Only findings about this movie.");
    private static readonly Parameter<int?> StartParameter =
        Parameter.CreateInteger("start", "The position of the first finding on the page, from 1.", min: 1, max: int.MaxValue - PageRows);

    internal static IReadOnlyList<Parameter> Parameters { get; } = [KindParameter, RuleParameter, FileParameter, MovieParameter, StartParameter];

    public bool HasFilters => Kind is not null || Rule is not null || File is not null || Movie is not null;

    /// <summary>The filter for one page of findings.</summary>
    public FindingFilter Filter => new() { Kind = Kind, Rule = Rule, File = File, MovieId = Movie, Limit = PageRows, Offset = Start - 1 };

    public static FindingSearch Read(ParameterValues values) =>
        new(values.Get(KindParameter), values.Get(RuleParameter), values.Get(FileParameter), values.Get(MovieParameter), values.Get(StartParameter) ?? 1);

    /// <summary>Returns the address of the list of matching findings.</summary>
    public static string GetLink(PageState state, string? kind = null, string? rule = null, string? file = null, long? movie = null) => state.GetLink(
        Address, ("kind", kind), ("rule", rule), ("file", file), ("movie", movie?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Returns the address of all matching findings in the API, as of a snapshot.</summary>
    public string GetDownloadAddress(int snapshot, string? format) => new PageState { Snapshot = snapshot }.GetLink(
        "/api/v1/findings", ("kind", Kind), ("rule", Rule), ("file", File), ("movie", Movie?.ToString(CultureInfo.InvariantCulture)), ("format", format));
}
