using System.Text;

namespace CineLedger.Model;

/// <summary>
/// A text of a movie: a string, or UTF-8 bytes that are decoded when the text is read. A load never decodes them: it passes the bytes from file to store,
/// and all texts of a movie share one array, so that the garbage collector tracks one object instead of seven. The default value is an unknown text.
/// </summary>
internal readonly struct MovieText : IEquatable<MovieText>
{
    private readonly object? _source;
    private readonly int _start;
    private readonly int _length;

    public MovieText(string? text) => _source = text;

    /// <param name="utf8">Valid UTF-8, which must not change any more.</param>
    /// <param name="start">Offset of the text.</param>
    /// <param name="length">Length of the text in bytes.</param>
    public MovieText(byte[] utf8, int start, int length) => (_source, _start, _length) = (utf8, start, length);

    /// <summary>Null if unknown.</summary>
    public string? Text => _source is byte[] utf8 ? Encoding.UTF8.GetString(utf8, _start, _length) : (string?)_source;

    public bool IsKnown => _source is not null;

    /// <summary>Returns the bytes; false if the text is unknown or stored as a string.</summary>
    public bool TryGetUtf8(out ReadOnlySpan<byte> text)
    {
        var isUtf8 = _source is byte[];
        text = isUtf8 ? ((byte[])_source!).AsSpan(_start, _length) : default;
        return isUtf8;
    }

    /// <summary>Compares the texts, however they are stored.</summary>
    public bool Equals(MovieText other) => Text == other.Text;

    public override bool Equals(object? obj) => obj is MovieText other && Equals(other);

    public override int GetHashCode() => Text?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
