using System.Text.RegularExpressions;
using CineLedger.Build;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests how the build joins the modules and style sheets of the dashboard, and the files that it joins.</summary>
public sealed partial class AssetBundlerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bundle-").FullName;

    private static string Files => Repository.GetPath("src", "CineLedger.Web", "Dashboard", "Assets", "Files");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Modules_come_after_those_they_import_and_keep_their_other_names_to_themselves()
    {
        Write("site.js", "import { draw } from \"./draw.js\";\nconst delay = 1;\n\n// A comment.\ndraw(delay);\n");
        Write("draw.js", "import { mix } from \"./color.js\";\nconst delay = 2;\nexport function draw(x) {\n  return mix(x, delay);\n}\n");
        Write("color.js", "export const mix = (a, b) => a + b;\n");
        Assert.Equal(
            """
            const { mix } = (() => {
            const mix = (a, b) => a + b;
            return { mix };
            })();
            const { draw } = (() => {
            const delay = 2;
            function draw(x) {
            return mix(x, delay);
            }
            return { draw };
            })();
            (() => {
            const delay = 1;
            draw(delay);
            })();

            """,
            AssetBundler.BundleModules(_folder, "site.js"));
    }

    [Theory]
    [InlineData("import draw from \"./draw.js\";", "an import must be of the form")]
    [InlineData("import { draw as other } from \"./draw.js\";", "an import must be of the form")]
    [InlineData("import { missing } from \"./draw.js\";", "imports missing, which draw.js does not export")]
    [InlineData("import { draw } from \"./other.js\";", "there is no module other.js")]
    [InlineData("import { again } from \"./again.js\";", "a bundle cannot contain a cycle")]
    [InlineData("import { draw } from \"./draw.js\";\nexport function draw() {}", "both export draw")]
    [InlineData("export default 1;", "an export must be")]
    [InlineData("export let state = 1;", "an export must be")]
    [InlineData("const a = await import(\"./draw.js\");", "dynamic imports are not bundled")]
    [InlineData("const a = `one", "a template must be on one line")]
    [InlineData("/* Several", "a comment must be")]
    public void Anything_that_joining_could_change_is_refused(string text, string message)
    {
        Write("site.js", text);
        Write("draw.js", "export function draw() {}\n");
        Write("again.js", "import { x } from \"./site.js\";\nexport function again() {}\n");
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => AssetBundler.BundleModules(_folder, "site.js")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Style_sheets_are_joined_with_the_common_one_first_and_print_last()
    {
        Write("print.css", "/* Paper. */\nnav { display: none; }\n");
        Write("movies.css", ".movie { color: red; }\n");
        Write("site.css", "/* Two\n   lines. */\n:root {\n  --a: 1;\n}\n");
        Assert.Equal(
            ":root {\n--a: 1;\n}\n.movie { color: red; }\n@media print {\nnav { display: none; }\n}\n", AssetBundler.BundleStyles(Directory.GetFiles(_folder, "*.css")));
    }

    [Fact]
    public void A_class_is_styled_by_one_style_sheet_alone()
    {
        // A class that two pages use for different things gets the styles of both. Sheets may style a class of another one within their own, and print.css changes any.
        var sheets = Directory.GetFiles(Files, "*.css").Where(path => Path.GetFileName(path) != "print.css").ToList();
        Assert.InRange(sheets.Count, 5, 50);
        var owners = sheets.SelectMany(path => Selector().Matches(Comment().Replace(File.ReadAllText(path), "")).SelectMany(match => match.Groups[1].Value.Split(','))
                .Select(selector => OwnClass().Match(selector.Trim())).Where(match => match.Success).Select(match => (Class: match.Groups[1].Value, Sheet: Path.GetFileName(path))))
            .Distinct().ToLookup(at => at.Class, at => at.Sheet);
        Assert.Contains("chart-panel", owners.Select(owner => owner.Key));
        Assert.Empty(owners.Where(owner => owner.Count() > 1).Select(owner => $".{owner.Key}: {string.Join(", ", owner)}"));
    }

    [Fact]
    public void The_chart_library_names_its_version_and_the_parts_that_its_build_lists()
    {
        var header = File.ReadLines(Path.Combine(Files, "echarts", "echarts.min.js")).First();
        var version = Regex.Match(File.ReadAllText(Repository.GetPath("build", "echarts", "package.json")), "\"echarts\": \"([0-9.]+)\"").Groups[1].Value;
        var parts = Regex.Match(File.ReadAllText(Repository.GetPath("build", "echarts", "parts.js")), @"\nuse\(\[([^\]]*)\]").Groups[1].Value
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(parts);
        Assert.Equal($"/*! Apache ECharts {version}, Apache-2.0 (LICENSE.txt, NOTICE.txt), reduced by build/echarts.sh to: {string.Join(", ", parts)} */", header);
        Assert.DoesNotContain("resolved", File.ReadAllText(Repository.GetPath("build", "echarts", "package-lock.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_steps_of_heat_maps_differ_from_each_other_and_from_the_paper(int theme)
    {
        var sheet = File.ReadAllText(Path.Combine(Files, "site.css"));
        double[] steps = [.. ((string[])["paper", "h1", "h2", "h3", "h4", "h5", "h6"]).Select(name => GetLuminance(
            Regex.Match(sheet, $@"--{name}: light-dark\(#(\w{{6}}), #(\w{{6}})\)").Groups[theme + 1].Value) + .05)];
        foreach (var (one, next) in steps.Zip(steps.Skip(1)))
        {
            Assert.InRange(Math.Max(one, next) / Math.Min(one, next), 1.45, 2);
        }
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    /// <summary>Returns the relative luminance as WCAG defines it.</summary>
    private static double GetLuminance(string color)
    {
        double[] parts = [.. Convert.FromHexString(color).Select(part => part / 255.0).Select(part => part <= .04045 ? part / 12.92 : Math.Pow((part + .055) / 1.055, 2.4))];
        return (.2126 * parts[0]) + (.7152 * parts[1]) + (.0722 * parts[2]);
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("(?:^|[{};])([^{};@]+)(?=\\{)")]
    private static partial Regex Selector();

    [GeneratedRegex(@"^\.([\w-]+)(?:::?[\w-]+(?:\([^)]*\))?|\[[^\]]*\])*$")]
    private static partial Regex OwnClass();
}
