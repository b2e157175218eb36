using System.Buffers.Binary;
using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Search;

/// <summary>
/// Reads the names of all cast and crew with their numbers of movies. People of one name are one result, as in queries by director or actor. The program counts in place of the
/// engine: joining and counting the different movies of each name takes more than twice as long in DuckDB.
/// </summary>
internal sealed class PersonNames(DbConnection connection, Snapshot snapshot)
{
    private const int MaxKeyCount = ushort.MaxValue;

    /// <summary>The names, by their numbers from 1.</summary>
    private readonly Utf8StringList _names = new();

    /// <summary>The number of a person's name by the person's ID in the ledger; 0 for none.</summary>
    private int[] _numbers = new int[1024];

    /// <summary>The numbers of the snapshot's movies, from 1, by their IDs.</summary>
    private readonly IdMap<long, int> _movies = new();

    public async Task<NameIndex> ReadAsync(CancellationToken cancellationToken)
    {
        await ReadNamesAsync(cancellationToken).ConfigureAwait(false);
        await ReadMoviesAsync(cancellationToken).ConfigureAwait(false);

        // A load writes the people of a movie together, and engines usually return them like that, so that sorting is rarely necessary.
        var sql = $"SELECT l.movie_id, l.person_id FROM movie_person l WHERE {AsOf.Build("l")}";
        var counts = await CountAsync(sql, cancellationToken).ConfigureAwait(false) ?? await CountAsync($"{sql} ORDER BY l.movie_id", cancellationToken).ConfigureAwait(false);
        return BuildIndex(counts!);
    }

    private async Task ReadNamesAsync(CancellationToken cancellationToken)
    {
        var known = new IdMap<Fingerprint, int>();
        await connection.StreamEachAsync(
            "SELECT person_id, name FROM person",
            [],
            row =>
            {
                var id = row.GetInt32(0);
                var name = RowReader.GetUtf8(row, 1);
                if (id >= _numbers.Length)
                {
                    Array.Resize(ref _numbers, Math.Max(id + 1, _numbers.Length * 2));
                }

                ref var number = ref known[Fingerprint.Create(name)];
                if (number == 0)
                {
                    _names.Add(name);
                    number = _names.Count;
                }

                _numbers[id] = number;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private Task ReadMoviesAsync(CancellationToken cancellationToken)
    {
        var last = 0;
        return connection.StreamEachAsync(
            $"SELECT m.movie_id FROM movie m WHERE {AsOf.Build("m")}", [snapshot.Id], row => _movies[row.GetInt64(0)] = ++last, cancellationToken);
    }

    /// <summary>Counts the movies of each name. Returns null if the rows of a movie do not follow each other.</summary>
    private async Task<int[]?> CountAsync(string sql, CancellationToken cancellationToken)
    {
        var (counts, lasts, isCounted) = (new int[_names.Count + 1], new int[_names.Count + 1], new bool[_movies.Count + 1]);
        var (movie, place, counted, isScattered) = (long.MinValue, 0, 0, false);
        await connection.StreamEachAsync(
            sql,
            [snapshot.Id],
            row =>
            {
                var id = row.GetInt64(0);
                if (id != movie)
                {
                    movie = id;
                    _movies.TryGet(id, out place);
                }

                if (place == 0)
                {
                    return;
                }

                if (place != counted)
                {
                    isScattered |= isCounted[place];
                    isCounted[place] = true;
                    counted = place;
                }

                var name = row.GetInt32(1) is var number && number < _numbers.Length ? _numbers[number] : 0;
                if (lasts[name] != place)
                {
                    lasts[name] = place;
                    counts[name]++;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return isScattered ? null : counts;
    }

    /// <summary>Builds the index of the names of people with movies, those with the most movies first.</summary>
    private NameIndex BuildIndex(int[] counts)
    {
        var names = Enumerable.Range(1, _names.Count).Where(name => counts[name] > 0).ToArray();
        SortByCount(names, counts);
        var index = new NameIndexBuilder();
        foreach (var name in names)
        {
            index.Add(_names[name - 1], 0, counts[name]);
        }

        return index.Build();
    }

    /// <summary>Sorts by the number of movies and the first letters, which are one number, and then compares the rest of the few names that have these in common.</summary>
    private void SortByCount(int[] names, int[] counts)
    {
        var keys = Array.ConvertAll(names, name => ((ulong)(MaxKeyCount - Math.Min(counts[name], MaxKeyCount)) << 48) | ReadFirstLetters(_names[name - 1]));
        Array.Sort(keys, names);
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                names.AsSpan(start, end - start).Sort(
                    (left, right) => counts[left] == counts[right] ? _names[left - 1].SequenceCompareTo(_names[right - 1]) : counts[right].CompareTo(counts[left]));
            }

            start = end;
        }
    }

    /// <summary>Returns the first six bytes as a number in their order.</summary>
    private static ulong ReadFirstLetters(ReadOnlySpan<byte> name)
    {
        Span<byte> first = stackalloc byte[8];
        name[..Math.Min(6, name.Length)].CopyTo(first[2..]);
        return BinaryPrimitives.ReadUInt64BigEndian(first);
    }
}
