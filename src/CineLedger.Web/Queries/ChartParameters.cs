using CineLedger.Charts;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;

namespace CineLedger.Web.Queries;

/// <summary>The parameters of a chart: those of its query, except the order and number of rows, and those that match the options of <c>cineledger chart</c>.</summary>
internal static class ChartParameters
{
    /// <summary>A server must hold all series to find the largest ones.</summary>
    private const int MaxRows = 250_000;

    private static readonly Parameter<string?> Kind = Parameter.CreateEnum(ChartOption.Kind);
    private static readonly Parameter<int?> Top = Parameter.CreateInteger(ChartOption.Top);
    private static readonly Parameter<string?> Title = Parameter.CreateText(ChartOption.Title);
    private static readonly Parameter<int?> Width = CreateSide(ChartOption.Width);
    private static readonly Parameter<int?> Height = CreateSide(ChartOption.Height);
    private static readonly Parameter<ChartTheme> Theme = Parameter.CreateEnum<ChartTheme>(ChartOption.Theme, ChartOption.GetName);

    private static readonly string[] RowOptions =
    [
        QueryOption.Pivot.Name, QueryOption.Order.Name, QueryOption.Top.Name, QueryOption.Totals.Name, QueryOption.Compare.Name, QueryOption.CompareSnapshot.Name,
        .. CommonParameters.ForPages.Select(parameter => parameter.Name),
    ];

    public static ParameterSet All { get; } = new(
        [
            .. QueryParameters.All.All.Where(parameter => !RowOptions.Contains(parameter.Name)), CommonParameters.Snapshot, CommonParameters.Seen,
            Kind, Top, Title, Width, Height, Theme,
        ]);

    public static ChartSpec Read(ParameterValues values) => new()
    {
        MaxRows = MaxRows,
        Kind = ChartOption.ParseKind(values.Get(Kind)),
        Top = values.Get(Top),
        Title = values.Get(Title),
        Width = values.Get(Width),
        Height = values.Get(Height),
        Theme = values.Get(Theme),
    };

    /// <summary>Creates the parameter of a side. Images are limited to 4K, because all clients share the server's processors and memory.</summary>
    private static Parameter<int?> CreateSide(QueryOption option) => Parameter.CreateInteger(option.Name, option.Meaning, ChartImage.MinSide, ChartImage.MaxServedSide) with
    {
        Example = option.Example,
        Description = option == ChartOption.Width ? "Width of the image in pixels." : option.Meaning,
    };
}
