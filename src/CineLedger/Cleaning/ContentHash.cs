using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// A 64-bit fingerprint of a film's content (XXH3 of its fields in a fixed order, the id and the line left out). Equal content has
/// equal fingerprints on every machine and in every release: the ledger keeps them to see what a load changes.
/// </summary>
public sealed class ContentHash
{
    private static readonly byte[] Unknown = [0xFF];
    private readonly XxHash3 _hash = new();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Of(Movie movie)
    {
        _hash.Reset();
        Add(movie.Title);
        Add(movie.OriginalTitle);
        Add(movie.ReleaseDate?.DayNumber);
        Add(movie.Budget);
        Add(movie.Revenue);
        Add(movie.Runtime);
        Add(Micro(movie.Popularity));
        Add(Micro(movie.VoteAverage));
        Add(movie.VoteCount);
        Add(movie.Language);
        Add(movie.Status);
        Add(movie.Collection);
        Add(movie.ImdbId);
        Add(movie.Adult is { } adult ? (adult ? 1 : 0) : null);
        Add(movie.Video is { } video ? (video ? 1 : 0) : null);
        Add(movie.Homepage);
        Add(movie.PosterPath);
        Add(movie.Tagline);
        Add(movie.Overview);
        Add(movie.Companies.Count);
        foreach (var company in movie.Companies)
        {
            Add(company.Name);
            Add(company.SourceId);
        }

        Add(movie.Genres.Count);
        foreach (var genre in movie.Genres)
        {
            Add(genre.Name);
            Add(genre.SourceId);
        }

        Add(movie.Countries.Count);
        foreach (var country in movie.Countries)
        {
            Add(country.Code);
        }

        Add(movie.Languages.Count);
        foreach (var language in movie.Languages)
        {
            Add(language.Code);
        }

        // 0 is left free to mean that there is no film.
        return (long)_hash.GetCurrentHashAsUInt64() is not 0 and var hash ? hash : 1;
    }

    /// <summary>A decimal as a whole number of millionths: 1.5 and 1.50 are the same.</summary>
    private static long? Micro(decimal? value) => value is { } known ? (long)(known * 1_000_000m) : null;

    private void Add(string? text)
    {
        if (text is null)
        {
            _hash.Append(Unknown);
            return;
        }

        Add((long)text.Length);
        if (BitConverter.IsLittleEndian)
        {
            _hash.Append(MemoryMarshal.AsBytes(text.AsSpan()));
        }
        else
        {
            _hash.Append(System.Text.Encoding.Unicode.GetBytes(text));
        }
    }

    private void Add(long? number)
    {
        if (number is not { } known)
        {
            _hash.Append(Unknown);
            return;
        }

        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, known);
        _hash.Append(bytes);
    }
}
