using CineLedger.Reports.Queries;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Years;

/// <summary>The page of one year.</summary>
internal static class YearPages
{
    public static Parameter<int?> Number { get; } =
        Parameter.CreateInteger("year", "The year of release.", QueryOption.From.Min, QueryOption.From.Max) with { IsInPath = true };

    public static PageDefinition Year { get; } = new()
    {
        Path = "/years/{year}",
        Parameters = [Number],
        HasDefaultYears = true,
        RangePath = "/",
        ReadAddress = ReadAddress,
        ReadContent = async (request, cancellationToken) =>
        {
            var model = await YearModel.ReadAsync(request, request.Values.Get(Number)!.Value, cancellationToken);
            return new PageContent(NumberFormat.FormatExact(model.Year, Unit.Year), typeof(YearPage), model) { HasCharts = true, Coverage = model.Coverage };
        },
    };

    private static PageAddress ReadAddress(ParameterValues values)
    {
        var year = values.Get(Number);
        return new(PageState.Read(values) with { From = year, To = year, AllYears = false }, []);
    }
}
