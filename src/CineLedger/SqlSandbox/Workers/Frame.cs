using System.Buffers.Binary;

namespace CineLedger.SqlSandbox.Workers;

/// <summary>The kinds of messages between a server and its workers.</summary>
internal enum FrameKind : byte
{
    /// <summary>A <see cref="SqlRequest"/>; to the worker, as all others are from it.</summary>
    Request = 1,

    /// <summary>The columns of the result, in JSON; the first frame of a successful statement.</summary>
    Columns,

    /// <summary>Rows, as <see cref="WorkerRowWriter"/> writes them.</summary>
    Rows,

    /// <summary>The end of the result: one byte, 1 if the limit omitted rows.</summary>
    End,

    /// <summary>A <see cref="SqlFailure"/> in JSON; ends the result.</summary>
    Failure,
}

/// <summary>A message: its kind in one byte, its length in four, little-endian, and its content.</summary>
internal readonly record struct Frame(FrameKind Kind, byte[] Content)
{
    private const int HeaderBytes = 5;

    public static async Task WriteAsync(Stream output, FrameKind kind, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderBytes];
        header[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(1), content.Length);
        await output.WriteAsync(header, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(content, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a frame. Returns null at the end of the stream, also within a frame.</summary>
    /// <exception cref="InvalidDataException">The frame is longer than <paramref name="maxBytes"/>.</exception>
    public static async Task<Frame?> ReadAsync(Stream input, int maxBytes, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderBytes];
        if (await input.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < HeaderBytes)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(1));
        if (length < 0 || length > maxBytes)
        {
            throw new InvalidDataException(FormattableString.Invariant($"a message of {length} bytes is longer than {maxBytes}"));
        }

        var content = new byte[length];
        return await input.ReadAtLeastAsync(content, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < length
            ? null
            : new Frame((FrameKind)header[0], content);
    }
}
