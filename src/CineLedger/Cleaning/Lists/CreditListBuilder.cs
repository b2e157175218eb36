using System.Text;
using CineLedger.Model;

namespace CineLedger.Cleaning.Lists;

/// <summary>Builds the <see cref="CreditList"/> of a movie, in memory that is reused for the next movie.</summary>
internal sealed class CreditListBuilder
{
    private readonly List<CreditList.CreditSpan> _parts = [];
    private readonly ByteBuffer _texts = new(16384);
    private CreditList.CreditSpan[] _sorted = [];

    /// <summary>True if the order of the parts differs from that of their texts.</summary>
    private bool _isReordered;

    public int Count => _parts.Count;

    public void Clear()
    {
        _parts.Clear();
        _texts.Truncate(0);
        _isReordered = false;
    }

    /// <summary>Removes all parts after the first <paramref name="count"/>.</summary>
    public void Truncate(int count)
    {
        if (count < _parts.Count)
        {
            _texts.Truncate(_parts[count].Start);
            _parts.RemoveRange(count, _parts.Count - count);
        }
    }

    /// <summary>Adds a part. Empty texts other than the name are unknown.</summary>
    public void Add(long personId, bool isCast, ReadOnlySpan<byte> name, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        _parts.Add(new CreditList.CreditSpan(personId, isCast, _texts.Count, name.Length, GetLength(first), GetLength(second)));
        var target = _texts.Reserve(name.Length + first.Length + second.Length);
        name.CopyTo(target);
        first.CopyTo(target[name.Length..]);
        second.CopyTo(target[(name.Length + first.Length)..]);
    }

    /// <summary>Adds a part whose texts contained escapes or surrounding spaces.</summary>
    public void Add(Credit credit) => Add(
        credit.PersonId,
        credit.IsCast,
        Encoding.UTF8.GetBytes(credit.Name),
        Encoding.UTF8.GetBytes((credit.IsCast ? credit.Character : credit.Job) ?? ""),
        Encoding.UTF8.GetBytes(credit.Department ?? ""));

    /// <summary>Sorts the parts from <paramref name="first"/> on by <paramref name="orders"/>. The sort is stable.</summary>
    public void Sort(int first, List<(long Order, int Place)> orders)
    {
        if (_sorted.Length < orders.Count)
        {
            _sorted = new CreditList.CreditSpan[orders.Count * 2];
        }

        _isReordered = true;
        orders.Sort();
        for (var i = 0; i < orders.Count; i++)
        {
            _sorted[i] = _parts[first + orders[i].Place];
        }

        for (var i = 0; i < orders.Count; i++)
        {
            _parts[first + i] = _sorted[i];
        }
    }

    public CreditList ToList() => _isReordered ? ToOrdered() : new(_texts.Written.ToArray(), [.. _parts]);

    /// <summary>Creates the list with its texts in the order of its parts.</summary>
    private CreditList ToOrdered()
    {
        var (texts, parts, used) = (new byte[_texts.Count], new CreditList.CreditSpan[_parts.Count], 0);
        for (var i = 0; i < parts.Length; i++)
        {
            var written = _parts[i].GetAll(_texts.Written);
            written.CopyTo(texts.AsSpan(used));
            parts[i] = _parts[i] with { Start = used };
            used += written.Length;
        }

        return new CreditList(texts, parts);
    }

    private static int GetLength(ReadOnlySpan<byte> text) => text.IsEmpty ? CreditList.Unknown : text.Length;
}
