using System.Text.Json;
using System.Text.RegularExpressions;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Documentation;

/// <summary>Checks that every name a user can enter is documented. Options, metrics, tools and tables have their own tests.</summary>
public sealed partial class ReferenceTests
{
    [Fact]
    public void Every_cleaning_rule_is_documented_with_its_kind()
    {
        var page = Page("cleaning.md");
        Assert.DoesNotContain(Rules.All, rule => !page.Contains($"| `{rule.Name}` | {rule.Kind.ToString().ToLowerInvariant()}", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_report_is_documented_with_its_columns_in_their_order()
    {
        var page = Page("reports.md");
        var rows = ReportDefinition.All
            .Select(report => $"| `{report.Name}` | {string.Join(", ", report.By.Concat(report.Measures(Measures.Parse("popularity")).Select(measure => measure.Column)))} |");
        Assert.DoesNotContain(rows, row => !page.Contains(row, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_dimension_and_measure_is_documented()
    {
        var page = Page("queries.md");
        var families = new[] { MeasureKind.Known, MeasureKind.NameReleases };
        var names = Dimensions.All.Select(dimension => dimension.Name).Concat(Measures.All.Where(measure => !families.Contains(measure.Kind)).Select(measure => measure.Name))
            .Concat(GroupFunctions.All.Select(function => $"{function.Name}(MEASURE)"));
        Assert.DoesNotContain(names, name => !page.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_environment_variable_that_the_code_reads_is_documented()
    {
        var page = Page("reference.md");
        var read = Sources().SelectMany(text => Variable().Matches(text).Select(match => match.Groups[1].Value)).ToHashSet();
        Assert.Contains("CINELEDGER_STORE", read);
        Assert.DoesNotContain(read, name => !page.Contains($"`{name.TrimEnd('_')}", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_exit_code_of_an_error_is_documented()
    {
        var page = Page("reference.md");
        var codes = Sources().SelectMany(text => ExitCode().Matches(text).Select(match => match.Groups[1].Value)).Append("0").ToHashSet();
        Assert.Equal(["0", "1", "2", "3", "4"], codes.Order(StringComparer.Ordinal));
        Assert.All(codes, code => Assert.Contains($"| `{code}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_address_of_the_OpenAPI_document_is_documented()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.GetPath("tests", "CineLedger.Tests", "Web", "openapi.v1.json")));
        var pages = string.Join('\n', Directory.GetFiles(Repository.GetPath("docs"), "*.md").Select(File.ReadAllText));
        Assert.DoesNotContain(
            document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name),
            path => !pages.Contains(path.Replace("/api/v1", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    private static string Page(string name) => File.ReadAllText(Repository.GetPath("docs", name));

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Repository.GetPath("src"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText);

    /// <summary>Matches a literal that is the name of an environment variable, or a prefix shared by several.</summary>
    [GeneratedRegex(@"""((?:CINELEDGER|AWS|OTEL|PG)_?[A-Z][A-Z0-9_]*|PORT|NO_COLOR|COLUMNS|TERM)""")]
    private static partial Regex Variable();

    [GeneratedRegex(@"int ExitCode => (\d);")]
    private static partial Regex ExitCode();
}
