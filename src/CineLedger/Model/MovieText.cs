using System.Text;

namespace CineLedger.Model;

/// <summary>
/// A text of a movie: a string, or UTF-8 that becomes one when somebody asks. A load never does: the bytes go from its file to the store, and those of
/// all texts of a movie are one object for the collector in place of seven. The default is unknown.
/// </summary>
internal readonly struct MovieText : IEquatable<MovieText>
{
    private readonly object? _source;
    private readonly int _start;
    private readonly int _length;

    public MovieText(string? text) => _source = text;

    /// <param name="utf8">Sound UTF-8, not to be changed any more.</param>
    /// <param name="start">Where the text begins in it.</param>
    /// <param name="length">Its bytes.</param>
    public MovieText(byte[] utf8, int start, int length) => (_source, _start, _length) = (utf8, start, length);

    /// <summary>Null where unknown.</summary>
    public string? Text => _source is byte[] utf8 ? Encoding.UTF8.GetString(utf8, _start, _length) : (string?)_source;

    public bool IsKnown => _source is not null;

    /// <summary>The bytes; false where it is unknown, or a string.</summary>
    public bool TryGetUtf8(out ReadOnlySpan<byte> text)
    {
        var isUtf8 = _source is byte[];
        text = isUtf8 ? ((byte[])_source!).AsSpan(_start, _length) : default;
        return isUtf8;
    }

    /// <summary>The same text, whatever it is kept as.</summary>
    public bool Equals(MovieText other) => Text == other.Text;

    public override bool Equals(object? obj) => obj is MovieText other && Equals(other);

    public override int GetHashCode() => Text?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
