using System.Globalization;
using System.Text;
using CineLedger.Model;
using CineLedger.Storage.Writing;
using DuckDB.NET.Native;

namespace CineLedger.Storage.DuckDb;

/// <summary>
/// Appends rows to a table by filling DuckDB's column vectors, 2,048 rows at a time, through the bindings of DuckDB.NET, whose row-wise appender looks
/// up a writer for every value (docs/decisions/0070 has the difference). Add a row's values in the order of the table's columns, then call
/// <see cref="EndRow"/>.
/// </summary>
internal sealed unsafe class ChunkAppender : BulkWriter
{
    private const int RowsPerChunk = 2048;

    private readonly DuckDBAppender _appender;
    private readonly DuckDBDataChunk _chunk;
    private readonly DuckDBLogicalType[] _types;
    private readonly nint[] _vectors;
    private readonly byte*[] _data;
    private readonly ulong*[] _validity; // null for a column without nulls in this chunk
    private readonly string _table;
    private readonly int _rowsPerFlush;
    private byte[] _text = new byte[4096];
    private int _column;
    private int _row;
    private int _unflushed;

    /// <param name="connection">An open connection. The rows become part of its transaction.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="rowsPerFlush">The number of rows that DuckDB may buffer before it writes them to the table, to limit memory.</param>
    public ChunkAppender(DuckDBNativeConnection connection, string table, int rowsPerFlush)
    {
        _table = table;
        _rowsPerFlush = rowsPerFlush;
        Check(NativeMethods.Appender.DuckDBAppenderCreate(connection, null!, table, out _appender));
        var columns = (int)NativeMethods.Appender.DuckDBAppenderColumnCount(_appender);
        _types = new DuckDBLogicalType[columns];
        var handles = new nint[columns];
        for (var i = 0; i < columns; i++)
        {
            _types[i] = NativeMethods.Appender.DuckDBAppenderColumnType(_appender, (ulong)i);
            handles[i] = _types[i].DangerousGetHandle();
        }

        _chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk(handles, (ulong)columns);
        _vectors = new nint[columns];
        _data = new byte*[columns];
        _validity = new ulong*[columns];
        LocateVectors();
    }

    public override void Add(long value) => ((long*)GetCell())[_row] = value;

    public override void Add(double value) => ((double*)GetCell())[_row] = value;

    public override void Add(int value) => ((int*)GetCell())[_row] = value;

    public override void Add(bool value) => ((bool*)GetCell())[_row] = value;

    /// <summary>DuckDB counts days from 1970.</summary>
    public override void Add(DateOnly value) => Add(value.DayNumber - UnixEpochDay);

    /// <summary>DuckDB stores a DECIMAL(18, 6) as a whole number of millionths.</summary>
    public override void Add(decimal value) => Add(value.ToMillionths());

    public override void Add(string? value)
    {
        if (value is null)
        {
            AddNull();
            return;
        }

        var max = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (max > _text.Length)
        {
            _text = new byte[max];
        }

        var length = Encoding.UTF8.GetBytes(value, _text);
        fixed (byte* text = _text)
        {
            // .NET has just encoded the text, so DuckDB need not validate the UTF-8 again.
            NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(_vectors[_column++], (ulong)_row, text, length);
        }
    }

    public override void AddUtf8(ReadOnlySpan<byte> value)
    {
        fixed (byte* text = value)
        {
            // The pointer to an empty span is null, but DuckDB requires a valid one.
            byte none = 0;
            NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(
                _vectors[_column++], (ulong)_row, text == null ? &none : text, value.Length);
        }
    }

    public override void EndRow()
    {
        if (_column != _vectors.Length)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"{_table}: {_column} values for {_vectors.Length} columns"));
        }

        _column = 0;
        if (++_row == RowsPerChunk)
        {
            AppendChunk();
        }
    }

    /// <summary>Does nothing, because DuckDB receives every chunk when it is full.</summary>
    public override ValueTask FlushIfFullAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_row > 0)
        {
            AppendChunk();
        }

        Check(NativeMethods.Appender.DuckDBAppenderFlush(_appender));
        _unflushed = 0;
        return ValueTask.CompletedTask;
    }

    public override void Dispose()
    {
        if (_appender.IsClosed)
        {
            return;
        }

        NativeMethods.Appender.DuckDBAppenderClear(_appender);
        _appender.Dispose();
        _chunk.Dispose();
        foreach (var type in _types)
        {
            type.Dispose();
        }
    }

    private static readonly int UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private byte* GetCell() => _data[_column++];

    public override void AddNull()
    {
        var column = _column++;
        if (_validity[column] == null)
        {
            NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(_vectors[column]);
            _validity[column] = NativeMethods.Vectors.DuckDBVectorGetValidity(_vectors[column]);
        }

        _validity[column][_row >> 6] &= ~(1UL << (_row & 63));
    }

    private void AppendChunk()
    {
        NativeMethods.DataChunks.DuckDBDataChunkSetSize(_chunk, (ulong)_row);
        Check(NativeMethods.Appender.DuckDBAppendDataChunk(_appender, _chunk));
        NativeMethods.DataChunks.DuckDBDataChunkReset(_chunk);
        LocateVectors();
        _unflushed += _row;
        _row = 0;
        if (_unflushed >= _rowsPerFlush)
        {
            Check(NativeMethods.Appender.DuckDBAppenderFlush(_appender));
            _unflushed = 0;
        }
    }

    private void LocateVectors()
    {
        for (var i = 0; i < _vectors.Length; i++)
        {
            _vectors[i] = NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, i);
            _data[i] = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(_vectors[i]);
            _validity[i] = null;
        }
    }

    private void Check(DuckDBState state)
    {
        if (state != DuckDBState.Success)
        {
            using var error = NativeMethods.Appender.DuckDBAppenderErrorData(_appender);
            throw new DuckDbAppendException($"{_table}: {DuckDbErrors.GetFirstLine(NativeMethods.ErrorData.DuckDBErrorDataMessage(error))}");
        }
    }
}

/// <summary>DuckDB rejected rows.</summary>
internal sealed class DuckDbAppendException(string message) : Exception(message);
