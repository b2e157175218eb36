using System.Data.Common;
using System.Runtime.CompilerServices;
using CineLedger.Storage.Reading;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// Streams rows from DuckDB's column vectors, 2,048 rows at a time, for exports of a million rows: DuckDB.NET's reader calls a converter for every
/// value. Supports texts, integers of up to 64 bits, doubles, booleans and timestamps.
/// </summary>
internal sealed unsafe class ChunkReader : RowReader
{
    private readonly DuckDBConnection _connection;
    private readonly DuckDBPreparedStatement _statement;
    private readonly DuckDBType[] _types;
    private readonly byte*[] _data;
    private readonly ulong*[] _validity; // null for a column without nulls in this chunk
    private DuckDBResult _result;
    private DuckDBDataChunk? _chunk;
    private long _row;
    private long _rows;
    private bool _closed;

    private ChunkReader(DuckDBConnection connection, DuckDBPreparedStatement statement, DuckDBResult result)
    {
        _connection = connection;
        _statement = statement;
        _result = result;
        var columns = (int)NativeMethods.Query.DuckDBColumnCount(ref _result);
        _types = new DuckDBType[columns];
        for (var i = 0; i < columns; i++)
        {
            _types[i] = NativeMethods.Query.DuckDBColumnType(ref _result, i);
        }

        _data = new byte*[columns];
        _validity = new ulong*[columns];
    }

    public override int FieldCount => _types.Length;

    public override bool IsClosed => _closed;

    /// <summary>Runs a query whose parameters are numbers and texts. Its rows are fetched as they are read.</summary>
    public static ChunkReader Execute(DuckDBConnection connection, string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var interruption = DuckDbInterrupt.Start(connection, cancellationToken);
        if (NativeMethods.PreparedStatements.DuckDBPrepare(connection.NativeConnection, sql, out var statement) != DuckDBState.Success)
        {
            using (statement)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new DuckDbQueryException(NativeMethods.PreparedStatements.DuckDBPrepareError(statement));
            }
        }

        for (var i = 0; i < parameters.Count; i++)
        {
            Bind(statement, i + 1, parameters[i]);
        }

        if (NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result) != DuckDBState.Success)
        {
            var message = NativeMethods.Query.DuckDBResultError(ref result);
            result.Close();
            statement.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new DuckDbQueryException(message);
        }

        return new ChunkReader(connection, statement, result);
    }

    public override bool Read()
    {
        if (++_row < _rows)
        {
            return true;
        }

        do
        {
            if (!Fetch())
            {
                return false;
            }
        }
        while (_rows == 0);

        return true;
    }

    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_row + 1 < _rows)
        {
            _row++;
            return Task.FromResult(true);
        }

        using var interruption = DuckDbInterrupt.Start(_connection, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(Read());
        }
        catch (DuckDbQueryException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
    }

    public override bool IsDBNull(int ordinal) =>
        _validity[ordinal] != null && (_validity[ordinal][_row >> 6] & (1UL << (int)(_row & 63))) == 0;

    public override long GetInt64(int ordinal) => _types[ordinal] switch
    {
        DuckDBType.BigInt => ((long*)_data[ordinal])[_row],
        DuckDBType.Integer => ((int*)_data[ordinal])[_row],
        DuckDBType.SmallInt => ((short*)_data[ordinal])[_row],
        DuckDBType.TinyInt => ((sbyte*)_data[ordinal])[_row],
        var type => throw new InvalidCastException($"column {ordinal} is {type}, not an integer"),
    };

    public override double GetDouble(int ordinal) => GetValue(ordinal, DuckDBType.Double, ((double*)_data[ordinal])[_row]);

    public override bool GetBoolean(int ordinal) => GetValue(ordinal, DuckDBType.Boolean, _data[ordinal][_row] != 0);

    public override DateTime GetDateTime(int ordinal) =>
        GetValue(ordinal, DuckDBType.Timestamp, DateTime.UnixEpoch.AddTicks(((long*)_data[ordinal])[_row] * TimeSpan.TicksPerMicrosecond));

    public override ReadOnlySpan<byte> GetUtf8(int ordinal)
    {
        if (_types[ordinal] != DuckDBType.Varchar)
        {
            throw new InvalidCastException($"column {ordinal} is {_types[ordinal]}, not a text");
        }

        // DuckDB's string_t: a length of 32 bits, then up to 12 bytes inline, or the first 4 bytes and a pointer to all.
        var text = _data[ordinal] + (_row * 16);
        var length = *(int*)text;
        return new ReadOnlySpan<byte>(length <= 12 ? text + 4 : *(byte**)(text + 8), length);
    }

    public override object GetValue(int ordinal) => IsDBNull(ordinal)
        ? DBNull.Value
        : _types[ordinal] switch
        {
            DuckDBType.Varchar => GetString(ordinal),
            DuckDBType.Double => GetDouble(ordinal),
            DuckDBType.Boolean => GetBoolean(ordinal),
            DuckDBType.Integer => GetInt32(ordinal),
            DuckDBType.Timestamp => GetDateTime(ordinal),
            _ => GetInt64(ordinal),
        };

    public override void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _chunk?.Dispose();
            _result.Close();
            _statement.Dispose();
        }
    }

    public override string GetDataTypeName(int ordinal) => _types[ordinal].ToString();

    private static void Bind(DuckDBPreparedStatement statement, long index, object? value)
    {
        var state = value switch
        {
            null => NativeMethods.PreparedStatements.DuckDBBindNull(statement, index),
            int number => NativeMethods.PreparedStatements.DuckDBBindInt32(statement, index, number),
            long number => NativeMethods.PreparedStatements.DuckDBBindInt64(statement, index, number),
            string text => NativeMethods.PreparedStatements.DuckDBBindVarchar(statement, index, text),
            _ => throw new ArgumentException($"parameters of type {value.GetType().Name} are not supported"),
        };
        if (state != DuckDBState.Success)
        {
            throw new InvalidOperationException($"parameter {index} could not be bound");
        }
    }

    private bool Fetch()
    {
        _chunk?.Dispose();
        _chunk = NativeMethods.StreamingResult.DuckDBStreamFetchChunk(_result);
        (_row, _rows) = (0, 0);
        if (_chunk.IsInvalid)
        {
            var message = NativeMethods.Query.DuckDBResultError(ref _result);
            return string.IsNullOrEmpty(message) ? false : throw new DuckDbQueryException(message);
        }

        _rows = (long)NativeMethods.DataChunks.DuckDBDataChunkGetSize(_chunk);
        for (var i = 0; i < _types.Length; i++)
        {
            var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, i);
            _data[i] = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector);
            _validity[i] = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T GetValue<T>(int ordinal, DuckDBType type, T value) =>
        _types[ordinal] == type ? value : throw new InvalidCastException($"column {ordinal} is {_types[ordinal]}, not {type}");
}

/// <summary>DuckDB could not run a query or fetch its rows.</summary>
public sealed class DuckDbQueryException(string message) : DbException(message);
