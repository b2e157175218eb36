using System.Numerics;

namespace CineLedger.Cleaning.Ratings;

/// <summary>
/// Adds ratings up by link and year. It grows with the links and years that occur, not with the ratings: 16 bytes each and as much for
/// free places, and a bit a user. One tally serves one thread; <see cref="Add(RatingTally)"/> brings several together.
/// </summary>
/// <param name="links">Places of MovieLens' ids; not written to.</param>
internal sealed class RatingTally(IdTable links)
{
    /// <summary>Years a rating may be of: seven bits for them.</summary>
    public const int FirstYear = 1970;
    public const int LastYear = FirstYear + 127;

    /// <summary>Links there may be: what 32 bits leave beside the year, and 0 for a free place.</summary>
    public const int MostLinks = (1 << 25) - 1;

    /// <summary>MovieLens ids without a link that are told apart: a file of nothing else must not fill the memory.</summary>
    private const int MostStrangers = 1 << 16;

    /// <summary>Users that are told apart, by their ids: 16 MB of bits.</summary>
    private const long MostUsers = 1L << 27;

    private readonly Dictionary<long, (long Ratings, int Line)> _strangers = [];
    private Cell[] _cells = new Cell[1 << 14];
    private int _used;
    private ulong[] _users = new ulong[1 << 10];
    private long _lastUser;

    public long Ratings { get; private set; }

    /// <summary>Sum of all ratings, in millionths of a star.</summary>
    public long Micros { get; private set; }

    /// <summary>Distinct users; null where one has an id too large to tell.</summary>
    public long? Users => _hasLargeUsers ? null : _users.Sum(word => (long)BitOperations.PopCount(word));

    /// <summary>MovieLens ids that have no link, with their ratings and the line of the first one.</summary>
    public IReadOnlyDictionary<long, (long Ratings, int Line)> Strangers => _strangers;

    /// <summary>Ratings of further such ids, of which there were too many.</summary>
    public long OtherStrangers { get; private set; }

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
        if (link >= 0)
        {
            ref var cell = ref CellOf(KeyOf(link, year));
            cell.Ratings++;
            cell.Micros += micros;
        }
        else
        {
            AddStranger(movieLens, 1, line);
        }
    }

    /// <summary>Takes in what another tally of the same links has.</summary>
    public void Add(RatingTally other)
    {
        Ratings += other.Ratings;
        Micros += other.Micros;
        OtherStrangers += other.OtherStrangers;
        _hasLargeUsers |= other._hasLargeUsers;
        if (other._users.Length > _users.Length)
        {
            Array.Resize(ref _users, other._users.Length);
        }

        for (var i = 0; i < other._users.Length; i++)
        {
            _users[i] |= other._users[i];
        }

        foreach (var cell in other._cells)
        {
            if (cell.Key != 0)
            {
                ref var mine = ref CellOf(cell.Key);
                mine.Ratings += cell.Ratings;
                mine.Micros += cell.Micros;
            }
        }

        foreach (var (id, (ratings, line)) in other._strangers)
        {
            AddStranger(id, ratings, line);
        }
    }

    /// <summary>What there is of a link in a year, 0 for nothing. Nothing may be added any more.</summary>
    public ref Cell Find(int link, int year) => ref Find(_cells, KeyOf(link, year));

    /// <summary>
    /// Brings all links and years into order and gives them, once: afterwards the tally is empty. Those with no ratings left are passed over.
    /// </summary>
    public IEnumerable<(int Link, int Year, long Ratings, long Micros)> TakeInOrder()
    {
        var cells = _cells;
        _cells = [];
        Array.Sort(cells, static (one, other) => one.Key.CompareTo(other.Key));
        foreach (var cell in cells)
        {
            if (cell.Ratings != 0)
            {
                yield return ((int)((cell.Key - 1) >> 7), FirstYear + (int)((cell.Key - 1) & 127), cell.Ratings, cell.Micros);
            }
        }
    }

    /// <summary>Ratings by link.</summary>
    /// <param name="count">How many links there are.</param>
    public long[] CountByLink(int count)
    {
        var counts = new long[count];
        foreach (var cell in _cells)
        {
            if (cell.Key != 0)
            {
                counts[(cell.Key - 1) >> 7] += cell.Ratings;
            }
        }

        return counts;
    }

    private static uint KeyOf(int link, int year) => (((uint)link << 7) | (uint)(year - FirstYear)) + 1;

    private void AddUser(long user)
    {
        _lastUser = user;
        if (user >= MostUsers)
        {
            _hasLargeUsers = true;
            return;
        }

        var word = (int)(user >> 6);
        if (word >= _users.Length)
        {
            Array.Resize(ref _users, (int)Math.Min(MostUsers >> 6, Math.Max(word + 1, _users.Length * 2L)));
        }

        _users[word] |= 1UL << (int)(user & 63);
    }

    private void AddStranger(long movieLens, long ratings, int line)
    {
        if (_strangers.TryGetValue(movieLens, out var known))
        {
            _strangers[movieLens] = (known.Ratings + ratings, Math.Min(known.Line, line));
        }
        else if (_strangers.Count < MostStrangers)
        {
            _strangers.Add(movieLens, (ratings, line));
        }
        else
        {
            OtherStrangers += ratings;
        }
    }

    private ref Cell CellOf(uint key)
    {
        ref var cell = ref Find(_cells, key);
        if (cell.Key == 0)
        {
            if (_used >= _cells.Length / 2)
            {
                Grow();
                cell = ref Find(_cells, key);
            }

            cell.Key = key;
            _used++;
        }

        return ref cell;
    }

    private static ref Cell Find(Cell[] cells, uint key)
    {
        var place = (int)((key * 0x9E3779B97F4A7C15UL) >> (64 - BitOperations.Log2((uint)cells.Length)));
        while (cells[place].Key != 0 && cells[place].Key != key)
        {
            place = (place + 1) & (cells.Length - 1);
        }

        return ref cells[place];
    }

    private void Grow()
    {
        var larger = new Cell[_cells.Length * 2];
        foreach (var cell in _cells)
        {
            if (cell.Key != 0)
            {
                Find(larger, cell.Key) = cell;
            }
        }

        _cells = larger;
    }

    /// <summary>One link's ratings of one year.</summary>
    internal struct Cell
    {
        public uint Key;
        public uint Ratings;
        public long Micros;
    }
}
