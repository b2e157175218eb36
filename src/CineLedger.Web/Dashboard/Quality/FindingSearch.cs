using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>Which findings are looked at, as the address of the list says it: in the words of <c>/api/v1/findings</c>.</summary>
public sealed record FindingSearch(string? Kind, string? Rule, string? File, long? Movie, int Start)
{
    internal const string Address = "/quality/findings";

    /// <summary>Findings on a page.</summary>
    public const int PageRows = 50;

    private static readonly Parameter<string?> KindWord = Parameter.Word("kind", FindingWords.All, "Only of this kind.");
    private static readonly Parameter<string?> RuleWord = Parameter.Word("rule", Rules.Names, "Only of this cleaning rule.");
    private static readonly Parameter<string?> FileName = Parameter.Text("file", "Only in this file of the dataset.");
    private static readonly Parameter<long?> MovieId = Parameter.Id("movie", "Only about this film.");
    private static readonly Parameter<int?> StartAt = Parameter.Whole("start", "The place of the first one on the page, from 1.", least: 1, most: int.MaxValue - PageRows);

    internal static IReadOnlyList<Parameter> Parameters { get; } = [KindWord, RuleWord, FileName, MovieId, StartAt];

    public bool IsNarrowed => Kind is not null || Rule is not null || File is not null || Movie is not null;

    /// <summary>As the library asks for it, a page long.</summary>
    public FindingFilter Filter => new() { Kind = Kind, Rule = Rule, File = File, MovieId = Movie, Limit = PageRows, Offset = Start - 1 };

    public static FindingSearch Read(ParameterValues values) =>
        new(values.Get(KindWord), values.Get(RuleWord), values.Get(FileName), values.Get(MovieId), values.Get(StartAt) ?? 1);

    /// <summary>Where the list of some findings is.</summary>
    public static string Link(PageState state, string? kind = null, string? rule = null, string? file = null, long? movie = null) => state.Link(
        Address, ("kind", kind), ("rule", rule), ("file", file), ("movie", movie?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>All of them over HTTP, as of a snapshot.</summary>
    public string Download(int snapshot, string? format) => new PageState { Snapshot = snapshot }.Link(
        "/api/v1/findings", ("kind", Kind), ("rule", Rule), ("file", File), ("movie", Movie?.ToString(CultureInfo.InvariantCulture)), ("format", format));
}
