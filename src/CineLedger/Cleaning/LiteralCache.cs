using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;

namespace CineLedger.Cleaning;

/// <summary>
/// Caches parsed literals by their text, since a few genre, country and language lists make up most of a dataset. The size is fixed; a newer text replaces an
/// older one in the same slot. A text is stored only when it occurs a second time: most company lists never do, and storing each of them for a while would be
/// the worst case for a generational garbage collector.
/// </summary>
internal sealed class LiteralCache<T>
    where T : class
{
    private const int Slots = 4096;
    private const int MaxTextLength = 384;
    private readonly (byte[] Text, T Value)[] _slots = new (byte[], T)[Slots];
    private readonly ulong[] _lastSeen = new ulong[Slots];

    public bool TryGet(ReadOnlySpan<byte> text, [NotNullWhen(true)] out T? value)
    {
        value = null;
        if (text.Length > MaxTextLength)
        {
            return false;
        }

        var slot = _slots[GetSlot(text)];
        if (slot.Text is null || !text.SequenceEqual(slot.Text))
        {
            return false;
        }

        value = slot.Value;
        return true;
    }

    public void Add(ReadOnlySpan<byte> text, T value)
    {
        if (text.Length > MaxTextLength)
        {
            return;
        }

        var hash = XxHash3.HashToUInt64(text);
        var slot = (int)(hash & (Slots - 1));
        if (_lastSeen[slot] == hash)
        {
            _slots[slot] = (text.ToArray(), value);
        }

        _lastSeen[slot] = hash;
    }

    private static int GetSlot(ReadOnlySpan<byte> text) => (int)(XxHash3.HashToUInt64(text) & (Slots - 1));
}
