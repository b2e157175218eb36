using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using CineLedger.Export;
using static CineLedger.Tests.Export.HandMadeResult;

namespace CineLedger.Tests.Export;

public sealed class ArrowTests
{
    private static readonly object?[] Row = [1995, "Pixar 日本", 30_000_000L, 7.7, HandMadeResult.Time];
    private static readonly object?[] Unknown = [1995, null, null, null, null];

    [Fact]
    public async Task Arrow_reads_back_with_types_and_unknown_as_null()
    {
        var (schema, batches) = await ReadAsync(await BytesAsync(OutputFormat.Arrow, new(null, null), null, Row, Unknown));
        Assert.Equal(["year", "company", "budget", "vote_average", "published_at"], schema.FieldsList.Select(field => field.Name));
        Assert.Equal(
            [ArrowTypeId.Int64, ArrowTypeId.String, ArrowTypeId.Int64, ArrowTypeId.Double, ArrowTypeId.Timestamp],
            schema.FieldsList.Select(field => field.DataType.TypeId));
        Assert.Equal("UTC", Assert.IsType<TimestampType>(schema.FieldsList[4].DataType).Timezone);

        var batch = Assert.Single(batches);
        Assert.Equal([1995L, 1995L], ((Int64Array)batch.Column(0)).Values.ToArray());
        Assert.Equal(["Pixar 日本", null], Enumerable.Range(0, 2).Select(i => ((StringArray)batch.Column(1)).GetString(i)));
        Assert.Equal([30_000_000L, null], ((Int64Array)batch.Column(2)).ToArray());
        Assert.Equal([7.7, null], ((DoubleArray)batch.Column(3)).ToArray());
        Assert.Equal([new DateTimeOffset(HandMadeResult.Time), null], Enumerable.Range(0, 2).Select(i => ((TimestampArray)batch.Column(4)).GetTimestamp(i)));
    }

    [Fact]
    public async Task Output_has_the_magic_bytes_of_the_IPC_file_format()
    {
        var bytes = await BytesAsync(OutputFormat.Arrow, new(null, null), null, Row);
        Assert.Equal("ARROW1\0\0"u8, bytes.AsSpan(0, 8));
        Assert.Equal("ARROW1"u8, bytes.AsSpan(bytes.Length - 6));
    }

    [Fact]
    public async Task An_empty_result_keeps_its_columns()
    {
        var (schema, batches) = await ReadAsync(await BytesAsync(OutputFormat.Arrow, new(null, null), null));
        Assert.Equal(5, schema.FieldsList.Count);
        Assert.Empty(batches);
    }

    [Fact]
    public async Task Many_rows_come_in_several_batches_and_in_order()
    {
        var rows = Enumerable.Range(0, 40_000).Select(i => new object?[] { i, i % 3 == 0 ? null : $"name {i}" }).ToArray();
        var (_, batches) = await ReadAsync(await BytesAsync(OutputFormat.Arrow, new(null, null), null, rows));
        Assert.True(batches.Count > 1);
        Assert.Equal(rows.Select(row => (string?)row[1]), batches.SelectMany(batch => (IEnumerable<string?>)(StringArray)batch.Column(1)));
        Assert.Equal(rows.Select(row => (long)(int)row[0]!), batches.SelectMany(batch => ((Int64Array)batch.Column(0)).Values.ToArray()));
    }

    private static async Task<(Schema Schema, List<RecordBatch> Batches)> ReadAsync(byte[] bytes)
    {
        using var file = new ArrowFileReader(new MemoryStream(bytes));
        var batches = new List<RecordBatch>();
        while (await file.ReadNextRecordBatchAsync(TestContext.Current.CancellationToken) is { } batch)
        {
            batches.Add(batch);
        }

        return (file.Schema, batches);
    }
}
