using System.Text;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Packaging;

/// <summary>The text of THIRD-PARTY-NOTICES: the components shipped with the command, their licenses, and the license texts.</summary>
internal static class NoticesFile
{
    private const string ECharts = "src/CineLedger.Web/Dashboard/Assets/Files/echarts";
    private const string Rule = "--------------------------------------------------------------------------------";

    public static string Create()
    {
        var packages = ShippedPackage.ReadAll();
        var text = new StringBuilder();
        text.Append("""
            CineLedger: third-party notices

            CineLedger itself is under the MIT licence (LICENSE). The command, the .NET tool and the container image contain the components below. This file is
            generated from the resolved packages by build/third-party-notices.sh; a test fails when it is out of date.

            """);
        AppendTitle(text, "Packages");
        foreach (var package in packages)
        {
            Append(text, $"{package.Id} {package.Version}", GetLicense(package), package.Copyright, package.Address);
        }

        AppendTitle(text, "Native libraries, scripts and fonts");
        var duckDb = packages.Single(package => package.Id == "DuckDB.NET.Data");
        Append(text, $"DuckDB (in DuckDB.NET {duckDb.Version})", "MIT", "Copyright Stichting DuckDB Foundation", "https://github.com/duckdb/duckdb");
        var kafka = packages.Single(package => package.Id == "librdkafka.redist");
        Append(text, $"librdkafka {kafka.Version} and the libraries linked into it", "BSD-2-Clause AND others; texts below", kafka.Copyright, "https://github.com/confluentinc/librdkafka");
        var skia = packages.Single(package => package.Id == "SkiaSharp.NativeAssets.Linux.NoDependencies");
        Append(text, $"Skia (in SkiaSharp {skia.Version}) and the libraries linked into it", "BSD-3-Clause AND others; texts below", "Copyright Google Inc.", "https://skia.org");
        Append(text, "Apache ECharts 6.0.0, with zrender and parts of d3", "Apache-2.0 AND BSD-3-Clause",
            "Copyright The Apache Software Foundation; Copyright Baidu Inc.", "https://echarts.apache.org");
        Append(text, "Noto Sans", "OFL-1.1", "Copyright Google Inc. and Google LLC", "https://github.com/notofonts");
        Append(text, "Source Sans 3 and Source Serif 4", "OFL-1.1", "Copyright Adobe", "https://github.com/adobe-fonts");
        Append(text, ".NET runtime, ASP.NET Core and the packages that are part of them (in self-contained builds and the image)", "MIT",
            "Copyright .NET Foundation and contributors", "https://github.com/dotnet/dotnet/blob/main/THIRD-PARTY-NOTICES.txt");

        AppendFile(text, "MIT", MitText());
        AppendFile(text, "Apache-2.0", packages.Single(package => package.Id == "Apache.Arrow").Text("LICENSE.txt"));
        AppendFile(text, "BSD-3-Clause", packages.Single(package => package.Id == "Polly.Core").Text("LICENSE"));
        AppendFile(text, "PostgreSQL", """
            Permission to use, copy, modify, and distribute this software and its documentation for any purpose, without fee, and without a written agreement is
            hereby granted, provided that the above copyright notice and this paragraph and the following two paragraphs appear in all copies.

            IN NO EVENT SHALL THE COPYRIGHT HOLDER BE LIABLE TO ANY PARTY FOR DIRECT, INDIRECT, SPECIAL, INCIDENTAL, OR CONSEQUENTIAL DAMAGES, INCLUDING LOST
            PROFITS, ARISING OUT OF THE USE OF THIS SOFTWARE AND ITS DOCUMENTATION, EVEN IF THE COPYRIGHT HOLDER HAS BEEN ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

            THE COPYRIGHT HOLDER SPECIFICALLY DISCLAIMS ANY WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A
            PARTICULAR PURPOSE. THE SOFTWARE PROVIDED HEREUNDER IS ON AN "AS IS" BASIS, AND THE COPYRIGHT HOLDER HAS NO OBLIGATIONS TO PROVIDE MAINTENANCE, SUPPORT,
            UPDATES, ENHANCEMENTS, OR MODIFICATIONS.
            """);
        AppendFile(text, "OFL-1.1: Noto Sans", RepositoryText("src/CineLedger.Charts/Fonts/OFL.txt"));
        AppendFile(text, "OFL-1.1: Source Sans 3, Source Serif 4", RepositoryText("src/CineLedger.Web/Dashboard/Assets/Files/fonts/LICENSE.txt"));
        AppendFile(text, "Apache ECharts: NOTICE", RepositoryText($"{ECharts}/NOTICE.txt"));
        AppendFile(text, "BSD-3-Clause: d3, in Apache ECharts", RepositoryText($"{ECharts}/LICENSE-d3.txt"));
        AppendFile(text, "librdkafka and the libraries linked into it", kafka.Text("LICENSES.txt"));
        AppendFile(text, "Skia and the libraries linked into it", skia.Text("THIRD-PARTY-NOTICES.txt"));
        return text.ToString();
    }

    private static string GetLicense(ShippedPackage package) => package.Id == "librdkafka.redist" ? "BSD-2-Clause" : package.License;

    private static void AppendTitle(StringBuilder text, string title) => text.Append('\n').Append(Rule).Append('\n').Append(title).Append('\n').Append(Rule).Append('\n');

    private static void Append(StringBuilder text, string name, string license, string copyright, string address) =>
        text.Append('\n').Append(name).Append("\n  Licence: ").Append(license).Append("\n  ").Append(copyright.ReplaceLineEndings(" ")).Append("\n  ").Append(address).Append('\n');

    private static void AppendFile(StringBuilder text, string title, string content)
    {
        AppendTitle(text, title);
        text.Append('\n').Append(content).Append('\n');
    }

    /// <summary>Returns the MIT text of LICENSE without its copyright line: each component's copyright line is listed above.</summary>
    private static string MitText() => string.Join('\n', RepositoryText("LICENSE").Split('\n').Where(line => !line.StartsWith("Copyright", StringComparison.Ordinal)));

    private static string RepositoryText(string path) => File.ReadAllText(Repository.GetPath(path)).ReplaceLineEndings("\n").Trim('\n');
}
