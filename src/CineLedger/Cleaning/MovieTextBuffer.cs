using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>The texts of one movie in one block of UTF-8. They are kept unchanged, except that CR and CRLF become LF.</summary>
/// <param name="bytes">The maximum total length in bytes.</param>
internal ref struct MovieTextBuffer(int bytes)
{
    private readonly byte[] _bytes = bytes == 0 ? [] : new byte[bytes];
    private int _used;

    /// <summary>Adds a text of valid UTF-8. An empty text is unknown.</summary>
    public MovieText Add(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return default;
        }

        var start = _used;
        while (text.IndexOf((byte)'\r') is >= 0 and var end)
        {
            Copy(text[..end]);
            Copy("\n"u8);
            text = text[(end + (end + 1 < text.Length && text[end + 1] == (byte)'\n' ? 2 : 1))..];
        }

        Copy(text);
        return new MovieText(_bytes, start, _used - start);
    }

    private void Copy(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_used));
        _used += text.Length;
    }
}
