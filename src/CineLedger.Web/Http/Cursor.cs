using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Text;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Http;

/// <summary>
/// The start of a page: the snapshot of its rows and the number of preceding rows. Clients receive it as an opaque string, which is valid only with the
/// query that it was created for.
/// </summary>
public readonly record struct Cursor(int Snapshot, int Offset)
{
    private const byte Version = 1;
    private const int Length = 1 + 4 + 4 + 8;

    public string Encode(string query)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt32BigEndian(bytes[1..], Snapshot);
        BinaryPrimitives.WriteInt32BigEndian(bytes[5..], Offset);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[9..], ComputeChecksum(bytes[..9], query));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Throws <see cref="ProblemException"/> when the text is not a cursor or belongs to another query.</summary>
    public static Cursor Decode(string text, string query)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done || written != Length || bytes[0] != Version)
        {
            throw Problems.InvalidCursor("it was not created by this server.");
        }

        return BinaryPrimitives.ReadUInt64BigEndian(bytes[9..]) == ComputeChecksum(bytes[..9], query)
            ? new Cursor(BinaryPrimitives.ReadInt32BigEndian(bytes[1..]), BinaryPrimitives.ReadInt32BigEndian(bytes[5..]))
            : throw Problems.InvalidCursor("it belongs to another query: the path, filters or order differ from those of the previous page.");
    }

    private static ulong ComputeChecksum(ReadOnlySpan<byte> head, string query)
    {
        var hash = new XxHash3();
        hash.Append(head);
        hash.Append(Encoding.UTF8.GetBytes(query));
        return hash.GetCurrentHashAsUInt64();
    }
}
