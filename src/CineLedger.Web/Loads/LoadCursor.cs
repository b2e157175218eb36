using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Text;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Loads;

/// <summary>
/// The cursor of lists of loads: the last load of a page. Unlike the rows of a snapshot, which <see cref="Http.Cursor"/> counts, new loads are added at
/// any time, but the loads after a given one stay the same.
/// </summary>
internal static class LoadCursor
{
    private const int HeaderBytes = 16;
    private const int MaxIdLength = 64;

    public static string Encode((DateTime StartedAt, string Id) last, string query)
    {
        var id = Encoding.UTF8.GetBytes(last.Id);
        var bytes = new byte[HeaderBytes + id.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), last.StartedAt.Ticks);
        id.CopyTo(bytes, HeaderBytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ComputeChecksum(bytes.AsSpan(8), query));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Throws <see cref="ProblemException"/> when the text is not a cursor or belongs to another list.</summary>
    public static (DateTime StartedAt, string Id) Decode(string text, string query)
    {
        var bytes = new byte[HeaderBytes + MaxIdLength];
        if (text.Length > bytes.Length
            || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != System.Buffers.OperationStatus.Done
            || length <= HeaderBytes)
        {
            throw Problems.InvalidCursor("it was not created by this server.");
        }

        return BinaryPrimitives.ReadUInt64BigEndian(bytes) == ComputeChecksum(bytes.AsSpan(8, length - 8), query)
            ? (new DateTime(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)), DateTimeKind.Utc), Encoding.UTF8.GetString(bytes, HeaderBytes, length - HeaderBytes))
            : throw Problems.InvalidCursor("it belongs to another list: the filters differ from those of the previous page.");
    }

    private static ulong ComputeChecksum(ReadOnlySpan<byte> rest, string query)
    {
        var hash = new XxHash3();
        hash.Append(rest);
        hash.Append(Encoding.UTF8.GetBytes(query));
        return hash.GetCurrentHashAsUInt64();
    }
}
