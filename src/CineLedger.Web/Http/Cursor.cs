using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Text;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Http;

/// <summary>
/// Where a page begins: the snapshot that its rows are of, and how many come before. It goes out as a text that says nothing to whoever
/// gets it, and comes back with the question that it was made for, or is refused.
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

    /// <summary>Throws <see cref="ProblemException"/> where the text is no cursor, or one of another question.</summary>
    public static Cursor Decode(string text, string query)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done || written != Length || bytes[0] != Version)
        {
            throw Problems.InvalidCursor("it is none of this server's.");
        }

        return BinaryPrimitives.ReadUInt64BigEndian(bytes[9..]) == ComputeChecksum(bytes[..9], query)
            ? new Cursor(BinaryPrimitives.ReadInt32BigEndian(bytes[1..]), BinaryPrimitives.ReadInt32BigEndian(bytes[5..]))
            : throw Problems.InvalidCursor("it belongs to another question: path, filters or order are not those of the page before.");
    }

    private static ulong ComputeChecksum(ReadOnlySpan<byte> head, string query)
    {
        var hash = new XxHash3();
        hash.Append(head);
        hash.Append(Encoding.UTF8.GetBytes(query));
        return hash.GetCurrentHashAsUInt64();
    }
}
