using System.Data.Common;
using System.Text;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using DuckDB.NET.Data;

namespace CineLedger.Tests.Storage;

public sealed class ChunkReaderTests : IAsyncLifetime
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _connection.OpenAsync(Cancel);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_value_is_read_unchanged()
    {
        await using var rows = Open(
            "SELECT 1::TINYINT, -2::SMALLINT, 3, -4::BIGINT, 0.1::DOUBLE, TRUE, TIMESTAMP '1895-12-28 21:00:00.5', 'twelve bytes', 'thirteen byte', 'é🎬', ''");
        Assert.True(await rows.ReadAsync(Cancel));
        Assert.Equal((1L, -2L, 3L, -4L), (rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3)));
        Assert.Equal((0.1, true, new DateTime(1895, 12, 28, 21, 0, 0, 500)), (rows.GetDouble(4), rows.GetBoolean(5), rows.GetDateTime(6)));
        Assert.Equal(["twelve bytes", "thirteen byte", "é🎬", ""], [rows.GetString(7), rows.GetString(8), rows.GetString(9), rows.GetString(10)]);
        Assert.Equal("é🎬", Encoding.UTF8.GetString(rows.GetUtf8(9)));
        Assert.False(await rows.ReadAsync(Cancel));
    }

    [Fact]
    public async Task Nulls_and_values_keep_their_rows_over_many_chunks()
    {
        await using var rows = Open("SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE i END, 'name ' || i FROM range($1) t(i) ORDER BY i", 10_000L);
        for (var i = 0L; i < 10_000; i++)
        {
            Assert.True(await rows.ReadAsync(Cancel));
            Assert.Equal(i % 3 == 0, rows.IsDBNull(0));
            Assert.Equal(i % 3 == 0 ? DBNull.Value : i, rows.GetValue(0));
            Assert.Equal($"name {i}", rows.GetString(1));
        }

        Assert.False(await rows.ReadAsync(Cancel));
    }

    [Fact]
    public async Task A_result_without_rows_ends_at_once()
    {
        await using var rows = Open("SELECT 1 WHERE 1 = $1", 2);
        Assert.False(await rows.ReadAsync(Cancel));
    }

    [Theory]
    [InlineData("SELECT nothing", "nothing")]
    [InlineData("SELECT error('boom') FROM range(10)", "boom")]
    public async Task A_query_that_fails_says_why(string sql, string reason)
    {
        var error = await Assert.ThrowsAnyAsync<DbException>(async () =>
        {
            await using var rows = Open(sql);
            while (await rows.ReadAsync(Cancel))
            {
            }
        });
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_is_cancelled_while_it_is_planned_is_not_run()
    {
        // DuckDB evaluates the sum during planning, which takes about a second. The token is cancelled during that time.
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var query = Task.Run(
            async () =>
            {
                await using var rows = ChunkReader.Execute(
                    _connection,
                    "SELECT COUNT(*) FROM range(10000000000) a(i), range(1000) b(j) WHERE i + j < -list_sum(range(20000000))",
                    [],
                    stop.Token);
                await rows.ReadAsync(stop.Token);
            },
            Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query.WaitAsync(TimeSpan.FromSeconds(60), Cancel));
        Assert.Equal(1L, await _connection.ExecuteScalarAsync("SELECT 1::BIGINT", Cancel));
    }

    [Fact]
    public async Task A_query_that_never_ends_is_stopped()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var rows = ChunkReader.Execute(
                _connection, "SELECT COUNT(*) FROM range(10000000000) a(i), range(1000) b(j) WHERE i + j < 0", [], stop.Token);
            while (await rows.ReadAsync(stop.Token))
            {
            }
        });
        Assert.True(stop.IsCancellationRequested);
    }

    [Fact]
    public async Task Reading_a_value_as_another_type_is_refused()
    {
        await using var rows = Open("SELECT 'text', 1.5");
        await rows.ReadAsync(Cancel);
        Assert.Throws<InvalidCastException>(() => rows.GetInt64(0));
        Assert.Throws<InvalidCastException>(() => rows.GetInt64(1));
    }

    private ChunkReader Open(string sql, params object?[] parameters) => ChunkReader.Execute(_connection, sql, parameters, Cancel);
}
