using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CineLedger.Model;
using CineLedger.Storage.Writing;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>
/// Writes rows to a table in PostgreSQL's binary COPY format (https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.4). Rows are encoded into
/// a buffer that is sent as one COPY when it is full, so that several tables can share one connection.
/// </summary>
internal sealed class CopyWriter(NpgsqlConnection connection, string table) : BulkWriter
{
    private const int FlushThreshold = 1 << 20;
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Trailer = [0xFF, 0xFF];
    private static readonly int FirstDay = new DateOnly(2000, 1, 1).DayNumber;

    private byte[] _buffer = new byte[64 << 10];
    private int _used;
    private int _rowStart = -1;
    private short _columns;
    private short _expectedColumns;

    public override void Add(long value)
    {
        var target = ReserveField(8);
        BinaryPrimitives.WriteInt64BigEndian(target, value);
    }

    public override void Add(double value)
    {
        var target = ReserveField(8);
        BinaryPrimitives.WriteDoubleBigEndian(target, value);
    }

    public override void Add(int value)
    {
        var target = ReserveField(4);
        BinaryPrimitives.WriteInt32BigEndian(target, value);
    }

    public override void Add(bool value) => ReserveField(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>PostgreSQL counts days from 2000.</summary>
    public override void Add(DateOnly value) => Add(value.DayNumber - FirstDay);

    /// <summary>
    /// PostgreSQL's numeric format: base-10,000 digits, the weight of the first digit, a sign, and the number of decimal places shown. Six decimal
    /// places are one and a half such digits, so the number is scaled to hundred-millionths.
    /// </summary>
    public override void Add(decimal value)
    {
        var units = Math.Abs(value.ToMillionths());
        Span<short> digits = stackalloc short[7];
        var count = 0;
        var fraction = units % 1_000_000 * 100;
        var whole = units / 1_000_000;
        digits[count++] = (short)(fraction % 10_000);
        digits[count++] = (short)(fraction / 10_000);
        while (whole > 0)
        {
            digits[count++] = (short)(whole % 10_000);
            whole /= 10_000;
        }

        // Leading and trailing zeros are removed; digits are stored least significant first.
        var (first, last) = (count - 1, 0);
        while (first >= 0 && digits[first] == 0)
        {
            first--;
        }

        while (last <= first && digits[last] == 0)
        {
            last++;
        }

        var digitCount = Math.Max(0, first - last + 1);
        var target = ReserveField(8 + (2 * digitCount));
        BinaryPrimitives.WriteInt16BigEndian(target, (short)digitCount);
        BinaryPrimitives.WriteInt16BigEndian(target[2..], (short)(digitCount == 0 ? 0 : first - 2));
        BinaryPrimitives.WriteUInt16BigEndian(target[4..], value < 0 && units > 0 ? (ushort)0x4000 : (ushort)0);
        BinaryPrimitives.WriteInt16BigEndian(target[6..], 6);
        for (var i = 0; i < digitCount; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(target[(8 + (2 * i))..], digits[first - i]);
        }
    }

    public override void Add(string? value)
    {
        if (value is null)
        {
            AddNull();
            return;
        }

        BeginRow();
        var target = Reserve(4 + Encoding.UTF8.GetMaxByteCount(value.Length));
        var length = Encoding.UTF8.GetBytes(value, target[4..]);
        BinaryPrimitives.WriteInt32BigEndian(target, length);
        _used += 4 + length;
        _columns++;
    }

    public override void AddUtf8(ReadOnlySpan<byte> value) => value.CopyTo(ReserveField(value.Length));

    public override void AddNull()
    {
        BeginRow();
        BinaryPrimitives.WriteInt32BigEndian(Reserve(4), -1);
        _used += 4;
        _columns++;
    }

    public override void EndRow()
    {
        if (_expectedColumns == 0)
        {
            _expectedColumns = _columns;
        }

        if (_columns != _expectedColumns)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"{table}: {_columns} values, but previous rows have {_expectedColumns}"));
        }

        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_rowStart), _columns);
        (_rowStart, _columns) = (-1, 0);
    }

    public override ValueTask FlushIfFullAsync(CancellationToken cancellationToken) =>
        _used < FlushThreshold ? ValueTask.CompletedTask : FlushAsync(cancellationToken);

    public override async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_used == 0)
        {
            return;
        }

        // COPY itself is not cancelable, because canceling it would break the connection. It ends soon.
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var copy = await connection.BeginRawBinaryCopyAsync($"COPY {table} FROM STDIN (FORMAT BINARY)", CancellationToken.None).ConfigureAwait(false);
            await using (copy.ConfigureAwait(false))
            {
                await copy.WriteAsync(Header, CancellationToken.None).ConfigureAwait(false);
                await copy.WriteAsync(_buffer.AsMemory(0, _used), CancellationToken.None).ConfigureAwait(false);
                await copy.WriteAsync(Trailer, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw new NpgsqlException($"{table}: {error.Message}", error);
        }

        _used = 0;
    }

    public override void Dispose() => _buffer = [];

    /// <summary>Reserves space for a value of the given size and writes its length.</summary>
    private Span<byte> ReserveField(int bytes)
    {
        BeginRow();
        var target = Reserve(4 + bytes);
        BinaryPrimitives.WriteInt32BigEndian(target, bytes);
        _used += 4 + bytes;
        _columns++;
        return target.Slice(4, bytes);
    }

    private void BeginRow()
    {
        if (_rowStart < 0)
        {
            _rowStart = _used;
            Reserve(2);
            _used += 2;
        }
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_buffer.Length - _used < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _used + bytes));
        }

        return _buffer.AsSpan(_used);
    }
}
