using System.Collections;
using System.Text;

namespace CineLedger.Model;

/// <summary>
/// The cast and crew of a movie, with all texts as UTF-8 in one array. Most loads handle a million credits and either write their texts unchanged or
/// detect by the fingerprint that they are stored already. Strings are created only when a <see cref="Credit"/> is read.
/// </summary>
/// <param name="texts">All texts, in the order of the parts, without separators.</param>
/// <param name="parts">The positions of each credit's texts.</param>
internal sealed class CreditList(byte[] texts, CreditList.CreditSpan[] parts) : IReadOnlyList<Credit>
{
    /// <summary>The length of an unknown text.</summary>
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
            var (name, first, second) = (
                GetText(part.GetName(texts))!, GetText(part.GetFirst(texts), part.FirstLength), GetText(part.GetSecond(texts), part.SecondLength));
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

    /// <summary>One credit. Its texts follow each other without separators.</summary>
    /// <param name="PersonId">TMDB ID of the person.</param>
    /// <param name="IsCast">True for cast, false for crew.</param>
    /// <param name="Start">Offset of the first text.</param>
    /// <param name="NameLength">Bytes of the name.</param>
    /// <param name="FirstLength">Bytes of the character (cast) or job (crew); <see cref="Unknown"/> if there is none.</param>
    /// <param name="SecondLength">Bytes of the crew's department; <see cref="Unknown"/> if there is none.</param>
    internal readonly record struct CreditSpan(long PersonId, bool IsCast, int Start, int NameLength, int FirstLength, int SecondLength)
    {
        public ReadOnlySpan<byte> GetName(ReadOnlySpan<byte> texts) => texts.Slice(Start, NameLength);

        public ReadOnlySpan<byte> GetFirst(ReadOnlySpan<byte> texts) => texts.Slice(Start + NameLength, Math.Max(FirstLength, 0));

        public ReadOnlySpan<byte> GetSecond(ReadOnlySpan<byte> texts) =>
            texts.Slice(Start + NameLength + Math.Max(FirstLength, 0), Math.Max(SecondLength, 0));

        /// <summary>Returns all texts of the credit.</summary>
        public ReadOnlySpan<byte> GetAll(ReadOnlySpan<byte> texts) =>
            texts.Slice(Start, NameLength + Math.Max(FirstLength, 0) + Math.Max(SecondLength, 0));
    }
}
