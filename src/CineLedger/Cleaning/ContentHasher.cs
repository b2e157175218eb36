using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Computes 64-bit fingerprints of a movie's content, credits or keywords (XXH3 of the fields in a fixed order, without id and line). Equal content has equal
/// fingerprints on every machine and in every release, so that the ledger can store them to detect what a load changes.
/// </summary>
public sealed class ContentHasher : IMovieValueWriter
{
    private const byte Unknown = 0xFF;
    private readonly ByteBuffer _content = new(8192);

    public long Compute(Movie movie)
    {
        _content.Truncate(0);
        foreach (var field in MovieField.Original)
        {
            field.Write(movie, this);
        }

        Add(movie.Companies.Count);
        foreach (var company in movie.Companies.AsSpan())
        {
            Add(company.Name);
            Add(company.SourceId);
        }

        Add(movie.Genres.Count);
        foreach (var genre in movie.Genres.AsSpan())
        {
            Add(genre.Name);
            Add(genre.SourceId);
        }

        Add(movie.Countries.Count);
        foreach (var country in movie.Countries.AsSpan())
        {
            Add(country.Code);
        }

        Add(movie.Languages.Count);
        foreach (var language in movie.Languages.AsSpan())
        {
            Add(language.Code);
        }

        AddIfKnown(MovieField.ReleaseYear, movie);
        foreach (var field in MovieField.Added)
        {
            AddIfKnown(field, movie);
        }

        return ComputeHash();
    }

    private void AddIfKnown(MovieField field, Movie movie)
    {
        if (field.IsKnown(movie))
        {
            Add(field.Name);
            field.Write(movie, this);
        }
    }

    /// <summary>Computes the fingerprint of a movie's credits in list order: the id and text lengths of each person, followed by the hash of all texts.</summary>
    internal long Compute(CreditList people)
    {
        _content.Truncate(0);
        var heads = MemoryMarshal.Cast<byte, CreditHeader>(_content.Reserve(people.Count * CreditHeader.Bytes));
        var parts = people.Parts;
        for (var i = 0; i < parts.Length; i++)
        {
            heads[i] = new CreditHeader(parts[i]);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(_content.Reserve(sizeof(ulong)), XxHash3.HashToUInt64(people.Texts));
        return ComputeHash();
    }

    /// <summary>Computes the fingerprint of a movie's keywords in their order.</summary>
    internal long Compute(IReadOnlyList<string> keywords)
    {
        _content.Truncate(0);
        foreach (var keyword in keywords)
        {
            Add(keyword);
        }

        return ComputeHash();
    }

    /// <summary>Never returns 0, which means that there is no content.</summary>
    private long ComputeHash() => (long)XxHash3.HashToUInt64(_content.Written) is not 0 and var hash ? hash : 1;

    void IMovieValueWriter.Add(MovieText value) => Add(value);

    void IMovieValueWriter.Add(DateOnly? value) => Add(value?.DayNumber);

    void IMovieValueWriter.Add(long? value) => Add(value);

    void IMovieValueWriter.Add(int? value) => Add(value);

    /// <summary>Adds the value in millionths, so that 1.5 and 1.50 are equal.</summary>
    void IMovieValueWriter.Add(decimal? value) => Add(value?.ToMillionths());

    void IMovieValueWriter.Add(bool? value) => Add(value is { } truth ? (truth ? 1 : 0) : null);

    private void Add(string? text)
    {
        if (text is null)
        {
            _content.Reserve(1)[0] = Unknown;
            return;
        }

        Add((long)text.Length);
        var target = _content.Reserve(text.Length * 2);
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(text.AsSpan()).CopyTo(target);
        }
        else
        {
            Encoding.Unicode.GetBytes(text, target);
        }
    }

    /// <summary>Adds the text as UTF-16, however it is stored.</summary>
    private void Add(MovieText text)
    {
        if (!BitConverter.IsLittleEndian || !text.TryGetUtf8(out var utf8))
        {
            Add(text.Text);
            return;
        }

        // UTF-16 never has more code units than UTF-8.
        var target = _content.Reserve(sizeof(long) + (utf8.Length * 2));
        var units = Encoding.UTF8.GetChars(utf8, MemoryMarshal.Cast<byte, char>(target[sizeof(long)..]));
        BinaryPrimitives.WriteInt64LittleEndian(target, units);
        _content.Truncate(_content.Count - ((utf8.Length - units) * 2));
    }

    private void Add(long? number)
    {
        if (number is { } known)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_content.Reserve(sizeof(long)), known);
        }
        else
        {
            _content.Reserve(1)[0] = Unknown;
        }
    }

    /// <summary>The fingerprinted data of a credit other than its texts, in a fixed byte order.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct CreditHeader(CreditList.CreditSpan part)
    {
        public const int Bytes = 20;

        private readonly long _person = LittleEndian((part.PersonId << 1) | (part.IsCast ? 1L : 0L));
        private readonly int _name = LittleEndian(part.NameLength);
        private readonly int _first = LittleEndian(part.FirstLength);
        private readonly int _second = LittleEndian(part.SecondLength);

        private static long LittleEndian(long value) => BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);

        private static int LittleEndian(int value) => BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }
}
