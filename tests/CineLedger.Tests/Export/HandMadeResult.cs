using System.Data;
using System.Text;
using CineLedger.Export;
using CineLedger.Reports;

namespace CineLedger.Tests.Export;

/// <summary>A hand-made result, in the form that writers receive from a store.</summary>
internal static class HandMadeResult
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("year", ColumnKind.Identifier), new("company", ColumnKind.Text), new("budget", ColumnKind.Integer),
        new("vote_average", ColumnKind.Number), new("published_at", ColumnKind.Time),
    ];

    public static DateTime Time { get; } = new(2026, 11, 23, 9, 5, 7, 250, DateTimeKind.Utc);

    public static Task<byte[]> BytesAsync(OutputFormat format, ResultInfo info, int? width, params object?[][] rows) =>
        BytesAsync(output => OutputFormatInfo.Get(format).CreateWriter(output, width), info, rows);

    public static async Task<byte[]> BytesAsync(Func<Stream, ResultWriter> createWriter, ResultInfo info, params object?[][] rows)
    {
        using var table = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        Type[] types = [typeof(long), typeof(string), typeof(long), typeof(double), typeof(DateTime)];
        foreach (var (column, type) in Columns.Zip(types))
        {
            table.Columns.Add(column.Name, type);
        }

        foreach (var row in rows)
        {
            table.Rows.Add([.. row, .. Enumerable.Repeat<object?>(null, Columns.Count - row.Length)]);
        }

        using var output = new MemoryStream();
        await using (var writer = createWriter(output))
        {
            using var reader = table.CreateDataReader();
            Assert.Equal(rows.Length, await writer.WriteResultAsync(Columns, reader, info, default));
        }

        return output.ToArray();
    }

    public static async Task<string> TextAsync(OutputFormat format, params object?[][] rows) =>
        Encoding.UTF8.GetString(await BytesAsync(format, new(null, null), null, rows));
}
