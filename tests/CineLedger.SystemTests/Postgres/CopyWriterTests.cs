using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CsCheck;
using Npgsql;

namespace CineLedger.SystemTests.Postgres;

public sealed class CopyWriterTests(SharedServer server) : IAsyncLifetime
{
    private NpgsqlConnection _connection = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connection = new NpgsqlConnection(PostgresAddress.Parse(await server.CreateDatabaseAsync()).ConnectionString);
        await _connection.OpenAsync(Cancel);
        await _connection.ExecuteAsync(
            "CREATE TABLE t (i INTEGER, l BIGINT, b BOOLEAN, d DATE, n DECIMAL(18, 6), s TEXT, at INTEGER)", Cancel);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public async Task Copied_values_read_back_unchanged()
    {
        var rows = Row.Array[5_000].Single();
        using var writer = new CopyWriter(_connection, "t");
        for (var i = 0; i < rows.Length; i++)
        {
            writer.Add(rows[i].Item1);
            writer.Add(rows[i].Item2);
            writer.Add(rows[i].Item3);
            writer.Add(rows[i].Item4);
            writer.Add(rows[i].Item5);
            writer.Add(rows[i].Item6);
            writer.Add(i);
            writer.EndRow();
            await writer.FlushIfFullAsync(Cancel);
        }

        await writer.FlushAsync(Cancel);
        var back = await _connection.QueryAsync(
            "SELECT i, l, b, d, n, s FROM t ORDER BY at",
            row => (Value<int>(row, 0), Value<long>(row, 1), Value<bool>(row, 2), Value<DateOnly>(row, 3), Value<decimal>(row, 4), row.GetText(5)),
            Cancel);
        Assert.Equal(rows, back);
    }

    [Fact]
    public async Task Decimals_are_exact_at_their_edges()
    {
        decimal[] values = [0m, 0.000001m, -0.000001m, 0.01m, 0.1m, 1m, 9999m, 10000m, 10000.0001m, 99999999.999999m, 123456789012.345678m, -1.5m, 100000000m, 20.1m];
        using var writer = new CopyWriter(_connection, "t (n)");
        foreach (var value in values)
        {
            writer.Add(value);
            writer.EndRow();
        }

        await writer.FlushAsync(Cancel);
        Assert.Equal(values, await _connection.QueryAsync("SELECT n FROM t ORDER BY CTID", row => row.GetDecimal(0), Cancel));
        Assert.Equal("20.100000", await _connection.ExecuteScalarAsync("SELECT n::TEXT FROM t WHERE n = 20.1", Cancel));
    }

    private static readonly Gen<(int?, long?, bool?, DateOnly?, decimal?, string?)> Row = Gen.Select(
        Gen.Int.Nullable(), Gen.Long.Nullable(), Gen.Bool.Nullable(), Gen.DateOnly.Nullable(),
        Gen.Long[-99_999_999_999_999_999, 99_999_999_999_999_999].Select(units => units / 1_000_000m).Nullable(),
        Gen.String[Gen.Char['\u0001', '\ud7ff'], 0, 60].Null());

    private static T? Value<T>(System.Data.Common.DbDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
