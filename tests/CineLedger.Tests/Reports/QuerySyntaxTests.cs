using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CsCheck;

namespace CineLedger.Tests.Reports;

/// <summary>Tests the query syntax, and the errors for invalid queries.</summary>
public sealed class QuerySyntaxTests
{
    [Theory]
    [InlineData("year=1995", FilterOperator.Equal, 1995)]
    [InlineData("year>=1995", FilterOperator.GreaterOrEqual, 1995)]
    [InlineData("decade=1990s", FilterOperator.Equal, 1990)]
    [InlineData("quarter<2015-Q3", FilterOperator.Less, 2015 * 4 + 2)]
    [InlineData("month != 2015-07", FilterOperator.NotEqual, 2015 * 12 + 6)]
    [InlineData("month_of_year=12", FilterOperator.Equal, 12)]
    [InlineData("budget>1.5M", FilterOperator.Greater, 1_500_000L)]
    [InlineData("revenue<=2B", FilterOperator.LessOrEqual, 2_000_000_000L)]
    [InlineData("company=A = B", FilterOperator.Equal, "A = B")]
    [InlineData("company=\"Metro-Goldwyn-Mayer, Inc.\"", FilterOperator.Equal, "Metro-Goldwyn-Mayer, Inc.")]
    [InlineData("collection is unknown", FilterOperator.Unknown, null)]
    [InlineData("revenue is known", FilterOperator.Known, null)]
    [InlineData("weekday=friday", FilterOperator.Equal, 5)]
    [InlineData("weekday>=6", FilterOperator.GreaterOrEqual, 6)]
    [InlineData("weekday=Fri", FilterOperator.Equal, 5)]
    [InlineData("month_of_year=December", FilterOperator.Equal, 12)]
    [InlineData("Month-Of-Year>=sept.", FilterOperator.GreaterOrEqual, 9)]
    [InlineData("in_collection=no", FilterOperator.Equal, "no")]
    [InlineData("in_collection=YES", FilterOperator.Equal, "yes")]
    [InlineData("revenue>100 million", FilterOperator.Greater, 100_000_000L)]
    [InlineData("revenue>100million", FilterOperator.Greater, 100_000_000L)]
    [InlineData("revenue>100m", FilterOperator.Greater, 100_000_000L)]
    [InlineData("revenue>=$1.5bn", FilterOperator.GreaterOrEqual, 1_500_000_000L)]
    [InlineData("revenue>=2 Billion", FilterOperator.GreaterOrEqual, 2_000_000_000L)]
    [InlineData("budget<250 thousand", FilterOperator.Less, 250_000L)]
    [InlineData("budget=1,250,000", FilterOperator.Equal, 1_250_000L)]
    [InlineData("budget>-1", FilterOperator.Greater, -1L)]
    [InlineData("Revenue IS KNOWN", FilterOperator.Known, null)]
    public void A_filter_is_a_field_a_comparison_and_a_value(string text, FilterOperator comparison, object? value)
    {
        var filter = Assert.Single(FilterFields.Parse(text));
        Assert.Equal((comparison, value), (filter.Operator, filter.Value));
    }

    [Theory]
    [InlineData("year=1990..1999", 1990, 1999)]
    [InlineData("year=1990-1999", 1990, 1999)]
    [InlineData("year=1990 – 1999", 1990, 1999)]
    [InlineData("decade=1980s-1990s", 1980, 1990)]
    [InlineData("weekday=Mon-Fri", 1, 5)]
    [InlineData("month_of_year=June..August", 6, 8)]
    [InlineData("budget=1..10", 1L, 10L)]
    [InlineData("budget=1m-10m", 1_000_000L, 10_000_000L)]
    [InlineData("budget=-5--3", -5L, -3L)]
    [InlineData("month=2015-07..2015-09", 2015 * 12 + 6, 2015 * 12 + 8)]
    [InlineData("quarter=2015-Q1-2016-Q2", 2015 * 4, 2016 * 4 + 1)]
    public void Two_dots_or_a_hyphen_are_an_inclusive_range(string text, object from, object to) => Assert.Equal(
        [(FilterOperator.GreaterOrEqual, from), (FilterOperator.LessOrEqual, to)], FilterFields.Parse(text).Select(filter => (filter.Operator, filter.Value!)));

    [Fact]
    public void Every_way_to_write_a_range_is_the_same_range() => Gen.Select(Gen.Long[-1_000_000, 1_000_000], Gen.Long[-1_000_000, 1_000_000]).Sample((from, to) =>
    {
        QueryFilter[] expected = [Filter(FilterOperator.GreaterOrEqual, from), Filter(FilterOperator.LessOrEqual, to)];
        Assert.All((string[])["..", "-", " - ", "–"], dash => Assert.Equal(expected, FilterFields.Parse(FormattableString.Invariant($"runtime={from}{dash}{to}"))));
    });

    [Fact]
    public void A_date_is_no_range()
    {
        Assert.Equal(new DateOnly(2015, 7, 31), Assert.Single(FilterFields.Parse("release_date=2015-07-31")).Value);
        Assert.Equal(2015 * 12 + 6, Assert.Single(FilterFields.Parse("month=2015-07")).Value);
    }

    [Fact]
    public void A_quoted_equals_sign_before_a_name_makes_it_exact()
    {
        var filter = Assert.Single(FilterFields.Parse("company=\"=MGM\""));
        Assert.Equal((true, "MGM"), (filter.IsExact, filter.Value));
        Assert.False(Assert.Single(FilterFields.Parse("company=\"MGM\"")).IsExact);
    }

    [Fact]
    public void Letter_case_and_hyphens_do_not_matter_in_the_names_of_fields_dimensions_measures_and_columns()
    {
        Assert.Equal("month_of_year", Dimensions.Find("Month-Of-Year", "--by").Name);
        Assert.Equal("revenue_median", Measures.Parse("Revenue:MEDIAN").Column);
        Assert.Equal("revenue_share", Measures.Parse("Share(Revenue)").Column);
        Assert.Equal(new QueryOrder("revenue", true), QueryOrder.Parse("Revenue:DESC"));
    }

    [Theory]
    [InlineData("yaer=1995", "did you mean year?")]
    [InlineData("year=19x5", "'19x5' is not a valid year; use a year from 1870, such as 1995, or a range such as 1995..1999")]
    [InlineData("year=0", "is not a valid year")]
    [InlineData("year=95", "'95' is not a valid year; use a year from 1870")]
    [InlineData("year=1995-99", "'1995-99' is not a valid year")]
    [InlineData("decade=1860s", "is not a valid decade")]
    [InlineData("release_date>0095-01-01", "is not a valid date")]
    [InlineData("genre==Drama", "'genre==Drama' has two equals signs; write genre=Drama.")]
    [InlineData("year==1995", "write year=1995.")]
    [InlineData("month=December", "or month_of_year=July for July of every year")]
    [InlineData("month_of_year=Ju", "use a name such as December, or 1 to 12")]
    [InlineData("revenue>100 apples", "is not a valid revenue")]
    [InlineData("revenue>1,00", "is not a valid revenue")]
    [InlineData("decade=1995", "is not a valid decade")]
    [InlineData("month=2015-13", "is not a valid month")]
    [InlineData("quarter=2015-Q5", "is not a valid quarter")]
    [InlineData("month_of_year=13", "is not a valid month of the year")]
    [InlineData("release_date=2015-02-30", "is not a valid date")]
    [InlineData("weekday=8", "'8' is not a valid day of the week; use a name such as Friday, or 1 (Monday) to 7")]
    [InlineData("in_collection=maybe", "'maybe' is not a valid in_collection; use yes or no")]
    [InlineData("in_collection>no", "in_collection is text")]
    [InlineData("budget=lots", "is not a valid budget; use a number such as 1000000, 250k, 1.5M, 2B or 100 million")]
    [InlineData("budget=1.5", "is not a valid budget")]
    [InlineData("popularity=high", "is not a valid popularity; use a number such as 7.5")]
    [InlineData("genre>Drama", "genre is text")]
    [InlineData("genre", "is not a filter; use FIELD=VALUE")]
    [InlineData("=3", "is not a filter")]
    [InlineData("", "is not a filter")]
    public void An_invalid_filter_is_a_one_line_error(string text, string expected)
    {
        var message = Assert.Throws<UsageException>(() => FilterFields.Parse(text)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.StartsWith("--where: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static QueryFilter Filter(FilterOperator comparison, object value) => new(FilterFields.All.Single(field => field.Name == "runtime"), comparison, value);

    [Fact]
    public void Any_text_is_a_filter_or_an_error() => Gen.String.Sample(text =>
    {
        try
        {
            Assert.NotEmpty(FilterFields.Parse(text));
        }
        catch (UsageException)
        {
        }
    });

    [Theory]
    [InlineData("revenue:mean", "'mean' is not one of sum, avg, median, min, max")]
    [InlineData("releases:avg", "releases is a count and takes no aggregate")]
    [InlineData("revnue", "did you mean revenue")]
    [InlineData("rank:rank", "is not a valid rank")]
    [InlineData("rank(share(revenue))", "is not a valid rank; use rank(revenue), for example.")]
    [InlineData("share", "is not a valid share; use share(revenue), for example.")]
    [InlineData("share(company_releases)", "is not a valid share")]
    [InlineData("share(revenue", "is not a valid share")]
    [InlineData("share(revenue,budget)", "there is no measure 'revenue,budget'")]
    [InlineData("shares(revenue)", "there is no function 'shares'; did you mean share?")]
    public void An_invalid_measure_is_an_error(string text, string message) =>
        Assert.Contains(message, Assert.Throws<UsageException>(() => Measures.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("rank", "rank")]
    [InlineData("rank:revenue", "rank_revenue")]
    [InlineData("rank(revenue)", "rank_revenue")]
    [InlineData(" share( revenue:sum ) , budget", "revenue_sum_share revenue_sum_all budget")]
    [InlineData("share:revenue,all(revenue)", "revenue_share revenue_all")]
    [InlineData("all(runtime)", "runtime_all")]
    [InlineData("change(revenue:avg),change_percent(releases),total:revenue", "revenue_avg_change releases_change_percent revenue_total")]
    [InlineData("mean3(weighted),mean5(revenue_known)", "weighted_mean3 revenue_known_mean5")]
    [InlineData("cagr(revenue),slope:revenue:avg,revenue_slope,budget_share", "revenue_cagr revenue_avg_slope revenue_slope budget_share budget_all")]
    public void A_function_over_groups_names_its_column_after_its_measure(string text, string columns) =>
        Assert.Equal(columns, string.Join(' ', Measures.ParseAll(CommaSeparatedLists.Split([text])).Select(use => use.Column)));

    [Fact]
    public void A_span_of_years_is_the_years_that_all_filters_select()
    {
        Assert.Equal((2000, 2009), Find("decade=2000"));
        Assert.Equal((2003, 2009), Find("decade=1990..2000", "year>2002"));
        Assert.Equal((1990, 1999), Find("decade>1980", "decade<2000", "genre=Drama", "budget>5"));
        Assert.Equal((1995, 1995), Find("year=1995"));
        Assert.Equal(["year=1995..1999"], YearSpan.FormatFilters(1995, 1999));
        Assert.Equal("--from 1999 must not be after --to 1995.", Assert.Throws<UsageException>(() => YearSpan.FormatFilters(1999, 1995)).Message);

        static (int, int)? Find(params string[] where) => YearSpan.Find([.. where.SelectMany(FilterFields.Parse)]) is { } span ? (span.First, span.Last) : null;
    }

    [Fact]
    public void Commas_in_parentheses_do_not_separate_items() =>
        Assert.Equal(["a", "b(c,(d,e))", "f", "g)", "h"], CommaSeparatedLists.Split(["a, b(c,(d,e)) ,,", " f", "g),h"]));

    [Fact]
    public void An_unknown_dimension_is_reported_with_the_nearest_names() =>
        Assert.Contains("did you mean genre?", Assert.Throws<UsageException>(() => Dimensions.Find("gnere", "--by")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("year=2000", "year=2001..2005")]
    [InlineData("year>2000", "year<2000")]
    [InlineData("budget>5", "budget<=5")]
    [InlineData("genre=Drama", "genre!=Drama")]
    [InlineData("collection is unknown", "collection=X")]
    [InlineData("revenue is known", "revenue is unknown")]
    public void Filters_that_contradict_each_other_are_a_mistake_not_an_empty_result(params string[] where) => Assert.Matches(
        "contradict each other|cannot be unknown", AssertRefused(QueryText.Read("year", "releases", where)));

    [Fact]
    public void Filters_that_can_match_are_not_contradictions()
    {
        QueryChecks.Check(QueryText.Read("year", "releases", "year>=2000", "year<=2000", "genre=Drama", "genre=War", "genre!=War", "genre!=Comedy"));
        QueryChecks.Check(QueryText.Read("", "releases", "budget>5", "budget!=7", "budget is known"));
    }

    [Fact]
    public void A_contradictory_query_is_an_error()
    {
        var query = QueryText.Read("year,genre", "revenue");
        Assert.Contains("has no column 'money'", AssertRefused(query with { Order = [new("money", false)] }), StringComparison.Ordinal);
        Assert.Contains("'year' is listed twice", AssertRefused(QueryText.Read("year,year", "revenue")), StringComparison.Ordinal);
        Assert.Contains("'revenue' is listed twice", AssertRefused(QueryText.Read("year", "revenue,revenue")), StringComparison.Ordinal);
        Assert.Contains("share(revenue) compares groups; add dimensions with --by", AssertRefused(QueryText.Read("", "share(revenue)")), StringComparison.Ordinal);
        Assert.Contains("share(revenue:avg) needs a count or a sum", AssertRefused(QueryText.Read("genre", "share(revenue:avg)")), StringComparison.Ordinal);
        Assert.Contains("share(revenue) needs a count or a sum", AssertRefused(QueryText.Read("genre", "share(revenue)") with { Aggregate = Aggregate.Avg }), StringComparison.Ordinal);
        Assert.Contains("share(roi) needs a count or a sum", AssertRefused(QueryText.Read("genre", "share(roi)")), StringComparison.Ordinal);
        foreach (var function in (string[])["change(revenue)", "change_percent(revenue)", "total(revenue)", "mean3(revenue)", "mean5(runtime)"])
        {
            Assert.Contains($"{function} compares periods; add year, quarter", AssertRefused(QueryText.Read("genre,month_of_year", function)), StringComparison.Ordinal);
        }

        Assert.Contains("add year, quarter or month to --by", AssertRefused(QueryText.Read("decade,genre", "change(revenue)")), StringComparison.Ordinal);
        Assert.Contains("the filter by quarter selects a part of a year; filter by year instead", AssertRefused(QueryText.Read("year", "change(revenue)", "quarter<2015-Q3")), StringComparison.Ordinal);
        Assert.Contains("the filter by release_date selects a part of a month", AssertRefused(QueryText.Read("month,genre", "mean3(revenue)", "release_date>=2000-01-15")), StringComparison.Ordinal);
        Assert.Contains("total(revenue:max) needs a count or a sum", AssertRefused(QueryText.Read("year", "total(revenue:max)")), StringComparison.Ordinal);
        Assert.Contains("total(popularity:sum) needs whole numbers", AssertRefused(QueryText.Read("year", "total(popularity:sum)")), StringComparison.Ordinal);
        foreach (var function in (string[])["cagr(revenue)", "slope(revenue:avg)"])
        {
            foreach (var where in (string[][])[[], ["year>=2000"], ["year<=2000"], ["year=2000"], ["year=2000", "year=2009"], ["year=2000..2009", "year!=2005"], ["year=1870..2200"]])
            {
                Assert.Contains($"{function} needs consecutive years, at least 2 and at most 300", AssertRefused(QueryText.Read("genre", function, where)), StringComparison.Ordinal);
            }

            QueryChecks.Check(QueryText.Read("genre", function, "year>1999", "year<2010"));
            QueryChecks.Check(QueryText.Read("", function, "decade=2000"));
            foreach (var by in (string[])["year", "month", "decade"])
            {
                Assert.Contains($"remove {by} from --by", AssertRefused(QueryText.Read($"genre,{by}", function, "year=2000..2009")), StringComparison.Ordinal);
            }

            Assert.Contains("the filter by month selects a part of a year", AssertRefused(QueryText.Read("genre", function, "year=2000..2009", "month<2009-05")), StringComparison.Ordinal);
        }

        Assert.Contains("--min-movies: must be 1 or more", AssertRefused(query with { MinMovies = 0 }), StringComparison.Ordinal);
        Assert.Contains("functions such as rank or share", AssertRefused(QueryText.Read("year,genre", "share(revenue)") with { ComparePreviousYear = true }), StringComparison.Ordinal);
        Assert.Contains("add year, quarter or month", AssertRefused(QueryText.Read("genre", "revenue") with { ComparePreviousYear = true }), StringComparison.Ordinal);
        Assert.Contains("--weighted-mean", AssertRefused(QueryText.Read("genre", "weighted") with { CompareSnapshot = 1 }), StringComparison.Ordinal);
        Assert.Contains("choose what", AssertRefused(QueryText.Read("year", "revenue") with { CompareSnapshot = 1, ComparePreviousYear = true }), StringComparison.Ordinal);
        Assert.Contains("requires company in", AssertRefused(QueryText.Read("genre", "company_releases")), StringComparison.Ordinal);
        Assert.Contains("1913 to 2025, not for 1900", AssertRefused(query with { Dollars = 1900 }), StringComparison.Ordinal);
        Assert.Contains("--top", AssertRefused(query with { Top = 0 }), StringComparison.Ordinal);
        Assert.Contains("no rows", AssertRefused(QueryText.Read("genre", "revenue", "genre is unknown")), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_never_become_part_of_the_sql()
    {
        const string hostile = "x'; DROP TABLE movie; --";
        foreach (var field in FilterFields.All.Where(field => field.Form == ValueForm.Text))
        {
            foreach (var by in (string[])["", "year,company,genre,country,spoken_language,director,actor,keyword"])
            {
                var sql = QuerySql.Build(QueryText.Read(by, "releases", $"{field.Name}={hostile}", $"{field.Name}!=other"), 1);
                Assert.DoesNotContain("DROP", sql.Text, StringComparison.Ordinal);
                Assert.Contains(hostile, sql.Parameters);
            }
        }
    }

    private static string AssertRefused(QueryRequest query) => Assert.Throws<UsageException>(() => QuerySql.Build(query, 1)).Message;
}
