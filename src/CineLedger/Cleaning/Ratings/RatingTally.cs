using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CineLedger.Cleaning.Ratings;

/// <summary>
/// Sums ratings by link and year. Memory grows with the links and years that occur, not with the ratings: 8 bytes for each, and a bit per user. A user's ratings
/// are mostly from one year and in movie order. Therefore the links of a year are stored together, in pages created on demand, so that the cells for a user stay
/// in the processor's cache. A tally must be used by one thread only; <see cref="Add(RatingTally)"/> merges several.
/// </summary>
/// <param name="links">The link indexes by MovieLens id; only read.</param>
/// <param name="count">The number of links.</param>
internal sealed class RatingTally(IdTable links, int count)
{
    /// <summary>The first supported year of ratings.</summary>
    public const int FirstYear = 1970;
    public const int LastYear = FirstYear + 127;

    /// <summary>The maximum number of links, which limits the size of the page table.</summary>
    public const int MaxLinks = 1 << 25;

    private const int Years = LastYear - FirstYear + 1;
    private const int LinksPerPage = 1024;

    /// <summary>
    /// A cell is a single number, so that adding a rating is one addition: the sum of half stars in the lower bits, the number of ratings in the upper bits.
    /// Ratings that are not a whole number of half stars are stored separately, and a half-full cell is moved there and reset.
    /// </summary>
    private const int RatingShift = 36;
    private const int HalfStar = 500_000;

    /// <summary>The maximum number of unlinked MovieLens ids that are stored individually, so that a file of such ids cannot exhaust the memory.</summary>
    private const int MaxUnlinkedIds = 1 << 16;

    /// <summary>User ids below this limit are counted as distinct users, in a bitmap of up to 16 MB.</summary>
    private const long MaxUsers = 1L << 27;

    private readonly Dictionary<long, (long Ratings, int Line)> _unlinkedIds = [];
    private readonly Dictionary<(int Link, int Year), (long Ratings, long Micros)> _overflow = [];
    private readonly ulong[]?[] _pages = new ulong[]?[Years * CountPages(count)];
    private readonly (int Link, int Year, int Micros)[] _pending = new (int, int, int)[32];
    private readonly int _pagesPerYear = CountPages(count);
    private int _pendingCount;
    private ulong[] _users = new ulong[1 << 10];
    private long _lastUser;

    public long Ratings { get; private set; }

    /// <summary>The sum of all ratings, in millionths of a star.</summary>
    public long SumMicros { get; private set; }

    /// <summary>The number of distinct users; null if a user id exceeds the limit.</summary>
    public long? Users => _hasLargeUsers ? null : _users.Sum(word => (long)BitOperations.PopCount(word));

    /// <summary>MovieLens ids without a link, with the number of their ratings and the line of the first one.</summary>
    public IReadOnlyDictionary<long, (long Ratings, int Line)> UnlinkedIds => _unlinkedIds;

    /// <summary>The number of ratings of unlinked ids beyond the maximum.</summary>
    public long OtherUnlinkedRatings { get; private set; }

    private bool _hasLargeUsers;

    /// <param name="user">The user's id, above zero.</param>
    /// <param name="movieLens">The MovieLens id, above zero.</param>
    /// <param name="micros">The rating in millionths of a star.</param>
    /// <param name="year">From <see cref="FirstYear"/> to <see cref="LastYear"/>.</param>
    /// <param name="line">The line of the rating.</param>
    public void Add(long user, long movieLens, int micros, int year, int line)
    {
        Ratings++;
        SumMicros += micros;
        if (user != _lastUser)
        {
            AddUser(user);
        }

        var link = links[movieLens];
        if (link < 0)
        {
            AddUnlinked(movieLens, 1, line);
            return;
        }

        if (_pendingCount == _pending.Length)
        {
            AddPending();
        }

        // The cell is rarely in the CPU cache. Prefetching it and adding to it later keeps many memory reads in flight.
        Prefetch(ref GetCell(link, year));
        _pending[_pendingCount++] = (link, year, micros);
    }

    /// <summary>Merges another tally of the same links into this one.</summary>
    public void Add(RatingTally other)
    {
        AddPending();
        other.AddPending();
        Ratings += other.Ratings;
        SumMicros += other.SumMicros;
        OtherUnlinkedRatings += other.OtherUnlinkedRatings;
        _hasLargeUsers |= other._hasLargeUsers;
        if (other._users.Length > _users.Length)
        {
            Array.Resize(ref _users, other._users.Length);
        }

        for (var i = 0; i < other._users.Length; i++)
        {
            _users[i] |= other._users[i];
        }

        for (var page = 0; page < _pages.Length; page++)
        {
            Add(page, other._pages[page]);
        }

        foreach (var ((link, year), (ratings, micros)) in other._overflow)
        {
            AddOverflow(link, year, ratings, micros);
        }

        foreach (var (id, (ratings, line)) in other._unlinkedIds)
        {
            AddUnlinked(id, ratings, line);
        }
    }

    /// <summary>Returns the ratings of a link in a year; zeros if there are none.</summary>
    public (long Ratings, long Micros) Get(int link, int year)
    {
        AddPending();
        var (ratings, micros) = _overflow.GetValueOrDefault((link, year));
        var cell = year is >= FirstYear and <= LastYear && _pages[GetPage(link, year)] is { } page ? page[link % LinksPerPage] : 0;
        return (ratings + GetRatings(cell), micros + GetMicros(cell));
    }

    /// <summary>Removes the ratings of a link in a year.</summary>
    public void Remove(int link, int year)
    {
        AddPending();
        _overflow.Remove((link, year));
        GetCell(link, year) = 0;
    }

    /// <summary>Enumerates the links and years that have ratings, sorted by link and year.</summary>
    public IEnumerable<(int Link, int Year, long Ratings, long Micros)> EnumerateSorted()
    {
        AddPending();
        var others = _overflow.Keys.Select(key => key.Link).ToHashSet();
        for (var first = 0; first < count; first += LinksPerPage)
        {
            var years = Enumerable.Range(FirstYear, Years).Where(year => _pages[GetPage(first, year)] is not null).ToArray();
            var pages = Array.ConvertAll(years, year => _pages[GetPage(first, year)]!);
            for (var link = first; link < Math.Min(count, first + LinksPerPage); link++)
            {
                if (others.Contains(link))
                {
                    for (var year = FirstYear; year <= LastYear; year++)
                    {
                        if (Get(link, year) is { Ratings: > 0 } found)
                        {
                            yield return (link, year, found.Ratings, found.Micros);
                        }
                    }

                    continue;
                }

                for (var i = 0; i < pages.Length; i++)
                {
                    if (pages[i][link % LinksPerPage] is var cell and > 0)
                    {
                        yield return (link, years[i], GetRatings(cell), GetMicros(cell));
                    }
                }
            }
        }
    }

    /// <summary>Returns the number of ratings per link.</summary>
    public long[] CountByLink()
    {
        var counts = new long[count];
        foreach (var (link, _, ratings, _) in EnumerateSorted())
        {
            counts[link] += ratings;
        }

        return counts;
    }

    private void AddPending()
    {
        foreach (var (link, year, micros) in _pending.AsSpan(0, _pendingCount))
        {
            var halves = (uint)micros / HalfStar;
            if (halves * HalfStar != micros)
            {
                AddOverflow(link, year, 1, micros);
                continue;
            }

            ref var cell = ref GetCell(link, year);
            cell += (1UL << RatingShift) + halves;
            if ((long)cell < 0)
            {
                AddOverflow(link, year, GetRatings(cell), GetMicros(cell));
                cell = 0;
            }
        }

        _pendingCount = 0;
    }

    private static unsafe void Prefetch(ref ulong cell)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref cell));
        }
    }

    private void Add(int page, ulong[]? cells)
    {
        if (_pages[page] is not { } mine)
        {
            _pages[page] = cells;
            return;
        }

        // Both cells are less than half full, so their sum fits, but a further addition might not.
        for (var i = 0; i < cells?.Length; i++)
        {
            mine[i] += cells[i];
            if ((long)mine[i] < 0)
            {
                AddOverflow((page % _pagesPerYear * LinksPerPage) + i, FirstYear + (page / _pagesPerYear), GetRatings(mine[i]), GetMicros(mine[i]));
                mine[i] = 0;
            }
        }
    }

    private static int CountPages(int links) => (links + LinksPerPage - 1) / LinksPerPage;

    private static long GetRatings(ulong cell) => (long)(cell >> RatingShift);

    private static long GetMicros(ulong cell) => (long)(cell & ((1UL << RatingShift) - 1)) * HalfStar;

    private int GetPage(int link, int year) => ((year - FirstYear) * _pagesPerYear) + (link / LinksPerPage);

    private ref ulong GetCell(int link, int year) => ref (_pages[GetPage(link, year)] ??= new ulong[LinksPerPage])[link & (LinksPerPage - 1)];

    private void AddOverflow(int link, int year, long ratings, long micros)
    {
        var known = _overflow.GetValueOrDefault((link, year));
        _overflow[(link, year)] = (known.Ratings + ratings, known.Micros + micros);
    }

    private void AddUser(long user)
    {
        _lastUser = user;
        if (user >= MaxUsers)
        {
            _hasLargeUsers = true;
            return;
        }

        var word = (int)(user >> 6);
        if (word >= _users.Length)
        {
            Array.Resize(ref _users, (int)Math.Min(MaxUsers >> 6, Math.Max(word + 1, _users.Length * 2L)));
        }

        _users[word] |= 1UL << (int)(user & 63);
    }

    private void AddUnlinked(long movieLens, long ratings, int line)
    {
        if (_unlinkedIds.TryGetValue(movieLens, out var known))
        {
            _unlinkedIds[movieLens] = (known.Ratings + ratings, Math.Min(known.Line, line));
        }
        else if (_unlinkedIds.Count < MaxUnlinkedIds)
        {
            _unlinkedIds.Add(movieLens, (ratings, line));
        }
        else
        {
            OtherUnlinkedRatings += ratings;
        }
    }
}
