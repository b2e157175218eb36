using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace CineLedger.Samples;

/// <summary>A reusable buffer for UTF-8 text.</summary>
internal sealed class Utf8Buffer(int capacity = 4096)
{
    private static readonly SearchValues<byte> NeedQuotes = SearchValues.Create("\",\n\r"u8);
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Truncate(int length) => Length = length;

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        Length += text.Length;
    }

    public void Add(byte character)
    {
        Reserve(1)[0] = character;
        Length++;
    }

    /// <summary>Appends the text with its ASCII letters in lower case.</summary>
    public void AddLower(ReadOnlySpan<byte> text)
    {
        Ascii.ToLower(text, Reserve(text.Length), out _);
        Length += text.Length;
    }

    public void AddString(string text) => Length += Encoding.UTF8.GetBytes(text, Reserve(text.Length * 3));

    public void Add(long number)
    {
        Utf8Formatter.TryFormat(number, Reserve(20), out int written);
        Length += written;
    }

    /// <summary>Appends the number with leading zeros up to <paramref name="digits"/> digits; longer numbers keep all their digits.</summary>
    public void AddPadded(long number, int digits)
    {
        Utf8Formatter.TryFormat(number, Reserve(20), out int written, new StandardFormat('D', (byte)digits));
        Length += written;
    }

    /// <summary>Appends the content as one CSV field, quoted only when necessary, like Python's csv module.</summary>
    public void AddField(ReadOnlySpan<byte> content)
    {
        if (content.IndexOfAny(NeedQuotes) < 0)
        {
            Add(content);
            return;
        }
        Add((byte)'"');
        for (int quote; (quote = content.IndexOf((byte)'"')) >= 0; content = content[(quote + 1)..])
        {
            Add(content[..(quote + 1)]);
            Add((byte)'"');
        }
        Add(content);
        Add((byte)'"');
    }

    private Span<byte> Reserve(int more)
    {
        if (_bytes.Length - Length < more)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
        }

        return _bytes.AsSpan(Length);
    }
}
