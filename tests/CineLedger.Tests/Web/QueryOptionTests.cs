using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Explore;
using CineLedger.Web.Http;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;

namespace CineLedger.Tests.Web;

/// <summary>Checks that HTTP and pages accept the same list of options for reports and queries as the command line.</summary>
public sealed class QueryOptionTests
{
    [Fact]
    public void The_API_accepts_every_option_of_reports_and_queries()
    {
        Same(QueryOption.ForReports, ReportParameters.All);
        Same(QueryOption.ForQueries, QueryParameters.All);
    }

    [Fact]
    public void The_page_of_queries_takes_every_option()
    {
        var names = ExploreAddress.Parameters.Concat(CineLedger.Web.Dashboard.PageState.Parameters).Select(parameter => parameter.Name);
        Assert.Empty(QueryOption.ForQueries.Select(option => option.Name).Except(names));
    }

    private static void Same(IEnumerable<QueryOption> options, ParameterSet parameters)
    {
        foreach (var option in options.Append(QueryOption.Snapshot))
        {
            var parameter = Assert.Single(parameters.All, parameter => parameter.Name == option.Name);
            Assert.StartsWith(option.Meaning[..^1], parameter.Description, StringComparison.Ordinal);
            Assert.Equal((option.Example, option.IsRequired), (parameter.Example, parameter.IsRequired));
            Assert.Equal(option.Default, parameter.Type == "boolean" ? null : parameter.Default);
        }

        Assert.Empty(parameters.All.Except(CommonParameters.ForPages).Select(parameter => parameter.Name).Except(options.Select(option => option.Name)));
    }
}
