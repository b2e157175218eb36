using System.Data;
using System.Text;
using CineLedger.Charts;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Tests.Charts;

/// <summary>Small results of years, companies and revenues, and the charts drawn from them.</summary>
internal static class ChartTable
{
    public static readonly DateTime Time = new(2026, 11, 24, 9, 5, 7, DateTimeKind.Utc);

    public static readonly ResultInfo Info = new(
        new Snapshot(3, "/data/the-movies-dataset.zip", null, true, Time, Time, 1, 1, 0, 1, 0, 0), new Coverage(14, 0, 11, 12));

    public static readonly (int, string, double?)[] Pixar =
        [(1995, "Pixar", 373), (1998, "Pixar", 363), (1999, "Pixar", 497), (2001, "Pixar", null), (2003, "Pixar", 940)];

    /// <summary>Returns several series, each of which has one more year and larger values than the next.</summary>
    public static (int, string, double?)[] Many(int series) =>
        [.. from i in Enumerable.Range(0, series)
            from year in Enumerable.Range(1990, series - i)
            select (year, $"company {i:00}", (double?)(100 - i))];

    public static Task<ChartData> ReadAsync(ChartSpec spec, params (int Year, string Company, double? Revenue)[] rows) => ReadAsync(spec, Aggregate.Sum, rows);

    public static async Task<ChartData> ReadAsync(ChartSpec spec, Aggregate aggregate, params (int Year, string Company, double? Revenue)[] rows)
    {
        using var table = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        table.Columns.Add("year", typeof(long));
        table.Columns.Add("company", typeof(string));
        table.Columns.Add("releases", typeof(long));
        table.Columns.Add("revenue", aggregate == Aggregate.Sum ? typeof(long) : typeof(double));
        foreach (var (year, company, revenue) in rows)
        {
            table.Rows.Add(year, company, 1, revenue);
        }

        using var reader = table.CreateDataReader();
        return await ChartReader.ReadAsync(
            new QueryRequest
            {
                By = [Dimensions.Find("year", "--by"), Dimensions.Find("company", "--by")],
                Measures = [Measures.Parse("releases"), Measures.Parse("revenue")],
                Aggregate = aggregate,
            },
            reader, spec, getDefaultKind: null, years: null, TestContext.Current.CancellationToken);
    }

    public static async Task<byte[]> DrawAsync(ImageFormat format, ChartSpec spec, params (int, string, double?)[] rows)
    {
        using var output = new MemoryStream();
        ChartImage.Write(await ReadAsync(spec, rows), spec, Info, format, output);
        return output.ToArray();
    }

    public static async Task<string> SvgAsync(ChartSpec spec, params (int, string, double?)[] rows) =>
        Encoding.UTF8.GetString(await DrawAsync(ImageFormat.Svg, spec, rows));
}
