using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Text;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Loads;

/// <summary>
/// The load that a page of loads ends with. Other cursors count rows of a snapshot, which never change; loads come at any time, and those that
/// follow one stay the same.
/// </summary>
internal static class LoadCursor
{
    private const int Head = 16;
    private const int LongestId = 64;

    public static string Write((DateTime StartedAt, string Id) last, string question)
    {
        var id = Encoding.UTF8.GetBytes(last.Id);
        var bytes = new byte[Head + id.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), last.StartedAt.Ticks);
        id.CopyTo(bytes, Head);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Mark(bytes.AsSpan(8), question));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Throws <see cref="ProblemException"/> where the text is no cursor, or one of another list.</summary>
    public static (DateTime StartedAt, string Id) Read(string text, string question)
    {
        var bytes = new byte[Head + LongestId];
        if (text.Length > bytes.Length || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != System.Buffers.OperationStatus.Done || length <= Head)
        {
            throw Problems.BadCursor("it is none of this server's.");
        }

        return BinaryPrimitives.ReadUInt64BigEndian(bytes) == Mark(bytes.AsSpan(8, length - 8), question)
            ? (new DateTime(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)), DateTimeKind.Utc), Encoding.UTF8.GetString(bytes, Head, length - Head))
            : throw Problems.BadCursor("it belongs to another list: its filters are not those of the page before.");
    }

    private static ulong Mark(ReadOnlySpan<byte> rest, string question)
    {
        var hash = new XxHash3();
        hash.Append(rest);
        hash.Append(Encoding.UTF8.GetBytes(question));
        return hash.GetCurrentHashAsUInt64();
    }
}
