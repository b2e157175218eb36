using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CineLedger.Cleaning.Ratings;

/// <summary>
/// Adds ratings up by link and year. It grows with the links and years that occur, not with the ratings: 8 bytes each, and a bit a user.
/// A user's ratings are of one year mostly, and in the order of the movies: so a year's links lie together, in pages made when the first
/// rating comes, and what a user touches stays in the processor's cache. One tally serves one thread; <see cref="Add(RatingTally)"/>
/// brings several together.
/// </summary>
/// <param name="links">Places of MovieLens' ids; not written to.</param>
/// <param name="count">How many places there are.</param>
internal sealed class RatingTally(IdTable links, int count)
{
    /// <summary>Years a rating may be of.</summary>
    public const int FirstYear = 1970;
    public const int LastYear = FirstYear + 127;

    /// <summary>Links there may be: more would make the table of pages alone too large.</summary>
    public const int MaxLinks = 1 << 25;

    private const int Years = LastYear - FirstYear + 1;
    private const int LinksPerPage = 1024;

    /// <summary>
    /// A cell is one number, so that a rating is one addition: half stars in the lower bits, ratings in the upper ones. What is no whole
    /// number of half stars goes another way, and a cell that is half full starts again from nothing.
    /// </summary>
    private const int RatingShift = 36;
    private const int HalfStar = 500_000;

    /// <summary>MovieLens ids without a link that are told apart: a file of nothing else must not fill the memory.</summary>
    private const int MaxUnlinkedIds = 1 << 16;

    /// <summary>Users that are told apart, by their ids: 16 MB of bits.</summary>
    private const long MaxUsers = 1L << 27;

    private readonly Dictionary<long, (long Ratings, int Line)> _unlinkedIds = [];
    private readonly Dictionary<(int Link, int Year), (long Ratings, long Micros)> _others = [];
    private readonly ulong[]?[] _pages = new ulong[]?[Years * CountPages(count)];
    private readonly (int Link, int Year, int Micros)[] _pending = new (int, int, int)[32];
    private readonly int _pagesPerYear = CountPages(count);
    private int _pendingCount;
    private ulong[] _users = new ulong[1 << 10];
    private long _lastUser;

    public long Ratings { get; private set; }

    /// <summary>Sum of all ratings, in millionths of a star.</summary>
    public long Micros { get; private set; }

    /// <summary>Distinct users; null where one has an id too large to tell.</summary>
    public long? Users => _hasLargeUsers ? null : _users.Sum(word => (long)BitOperations.PopCount(word));

    /// <summary>MovieLens ids that have no link, with their ratings and the line of the first one.</summary>
    public IReadOnlyDictionary<long, (long Ratings, int Line)> UnlinkedIds => _unlinkedIds;

    /// <summary>Ratings of further such ids, of which there were too many.</summary>
    public long OtherUnlinkedRatings { get; private set; }

    private bool _hasLargeUsers;

    /// <param name="user">The user's id, above zero.</param>
    /// <param name="movieLens">The MovieLens id, above zero.</param>
    /// <param name="micros">The rating in millionths of a star.</param>
    /// <param name="year">From <see cref="FirstYear"/> to <see cref="LastYear"/>.</param>
    /// <param name="line">Where it stands.</param>
    public void Add(long user, long movieLens, int micros, int year, int line)
    {
        Ratings++;
        Micros += micros;
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

    /// <summary>Takes in what another tally of the same links has.</summary>
    public void Add(RatingTally other)
    {
        AddPending();
        other.AddPending();
        Ratings += other.Ratings;
        Micros += other.Micros;
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

        foreach (var ((link, year), (ratings, micros)) in other._others)
        {
            AddOther(link, year, ratings, micros);
        }

        foreach (var (id, (ratings, line)) in other._unlinkedIds)
        {
            AddUnlinked(id, ratings, line);
        }
    }

    /// <summary>What there is of a link in a year; zeros for nothing.</summary>
    public (long Ratings, long Micros) Get(int link, int year)
    {
        AddPending();
        var (ratings, micros) = _others.GetValueOrDefault((link, year));
        var cell = year is >= FirstYear and <= LastYear && _pages[GetPage(link, year)] is { } page ? page[link % LinksPerPage] : 0;
        return (ratings + GetRatings(cell), micros + GetMicros(cell));
    }

    /// <summary>Forgets what there is of a link in a year.</summary>
    public void Remove(int link, int year)
    {
        AddPending();
        _others.Remove((link, year));
        GetCell(link, year) = 0;
    }

    /// <summary>All links and years that have ratings, in this order.</summary>
    public IEnumerable<(int Link, int Year, long Ratings, long Micros)> EnumerateSorted()
    {
        AddPending();
        var others = _others.Keys.Select(key => key.Link).ToHashSet();
        for (var first = 0; first < count; first += LinksPerPage)
        {
            var years = Enumerable.Range(FirstYear, Years).Where(year => _pages[GetPage(first, year)] is not null).ToList();
            for (var link = first; link < Math.Min(count, first + LinksPerPage); link++)
            {
                foreach (var year in others.Contains(link) ? Enumerable.Range(FirstYear, Years) : years)
                {
                    if (Get(link, year) is { Ratings: > 0 } found)
                    {
                        yield return (link, year, found.Ratings, found.Micros);
                    }
                }
            }
        }
    }

    /// <summary>Ratings by link.</summary>
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
                AddOther(link, year, 1, micros);
                continue;
            }

            ref var cell = ref GetCell(link, year);
            cell += (1UL << RatingShift) + halves;
            if ((long)cell < 0)
            {
                AddOther(link, year, GetRatings(cell), GetMicros(cell));
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

        // Both are less than half full, so the sum is not too much for the bits, only for one more addition.
        for (var i = 0; i < cells?.Length; i++)
        {
            mine[i] += cells[i];
            if ((long)mine[i] < 0)
            {
                AddOther((page % _pagesPerYear * LinksPerPage) + i, FirstYear + (page / _pagesPerYear), GetRatings(mine[i]), GetMicros(mine[i]));
                mine[i] = 0;
            }
        }
    }

    private static int CountPages(int links) => (links + LinksPerPage - 1) / LinksPerPage;

    private static long GetRatings(ulong cell) => (long)(cell >> RatingShift);

    private static long GetMicros(ulong cell) => (long)(cell & ((1UL << RatingShift) - 1)) * HalfStar;

    private int GetPage(int link, int year) => ((year - FirstYear) * _pagesPerYear) + (link / LinksPerPage);

    private ref ulong GetCell(int link, int year) => ref (_pages[GetPage(link, year)] ??= new ulong[LinksPerPage])[link & (LinksPerPage - 1)];

    private void AddOther(int link, int year, long ratings, long micros)
    {
        var known = _others.GetValueOrDefault((link, year));
        _others[(link, year)] = (known.Ratings + ratings, known.Micros + micros);
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
