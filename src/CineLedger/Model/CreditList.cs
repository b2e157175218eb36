using System.Collections;
using System.Text;

namespace CineLedger.Model;

/// <summary>
/// The cast and crew of a movie, their texts as UTF-8 in one array: most loads hold a million parts, write them on as they are, or find
/// by the fingerprint that they are known. Only who asks for a <see cref="Credit"/> gets strings.
/// </summary>
/// <param name="texts">All texts, in the order of the parts and nothing between them.</param>
/// <param name="parts">The parts.</param>
internal sealed class CreditList(byte[] texts, CreditList.CreditSpan[] parts) : IReadOnlyList<Credit>
{
    /// <summary>Stands for a text that is unknown.</summary>
    public const int Unknown = -1;

    public static CreditList Empty { get; } = new([], []);

    public int Count => parts.Length;

    public ReadOnlySpan<CreditSpan> Parts => parts;

    public ReadOnlySpan<byte> Texts => texts;

    public Credit this[int index]
    {
        get
        {
            var part = parts[index];
            var (name, first, second) = (GetText(part.GetName(texts))!, GetText(part.GetFirst(texts), part.FirstLength), GetText(part.GetSecond(texts), part.SecondLength));
            return part.IsCast ? new Credit(part.PersonId, name, true, null, null, first) : new Credit(part.PersonId, name, false, first, second, null);
        }
    }

    public IEnumerator<Credit> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string? GetText(ReadOnlySpan<byte> text, int length = 0) => length == Unknown ? null : Encoding.UTF8.GetString(text);

    /// <summary>A person's part, its texts one behind the other.</summary>
    /// <param name="PersonId">TMDB's number of the person.</param>
    /// <param name="IsCast">True for who plays, false for who works on the movie.</param>
    /// <param name="Start">Where the texts begin.</param>
    /// <param name="NameLength">Bytes of the name.</param>
    /// <param name="FirstLength">Bytes of the cast's character, or of the crew's job; <see cref="Unknown"/> where there is none.</param>
    /// <param name="SecondLength">Bytes of the crew's department; likewise.</param>
    internal readonly record struct CreditSpan(long PersonId, bool IsCast, int Start, int NameLength, int FirstLength, int SecondLength)
    {
        public ReadOnlySpan<byte> GetName(ReadOnlySpan<byte> texts) => texts.Slice(Start, NameLength);

        public ReadOnlySpan<byte> GetFirst(ReadOnlySpan<byte> texts) => texts.Slice(Start + NameLength, Math.Max(FirstLength, 0));

        public ReadOnlySpan<byte> GetSecond(ReadOnlySpan<byte> texts) =>
            texts.Slice(Start + NameLength + Math.Max(FirstLength, 0), Math.Max(SecondLength, 0));

        /// <summary>All of its texts.</summary>
        public ReadOnlySpan<byte> GetAll(ReadOnlySpan<byte> texts) =>
            texts.Slice(Start, NameLength + Math.Max(FirstLength, 0) + Math.Max(SecondLength, 0));
    }
}
