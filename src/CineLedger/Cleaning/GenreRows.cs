using System.IO.Hashing;
using System.Text;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>
/// The movies of a file with one row per movie and genre: the rows of a movie are equal except for their single genre. Read from the whole file, if its genres
/// are single names, since the rows of a movie need not be adjacent.
/// </summary>
public sealed class GenreRows
{
    private readonly Dictionary<long, RowGroup> _movies = [];
    private readonly List<string> _names = [];
    private readonly XxHash3 _hash = new();

    /// <summary>Returns the movie's rows if they are to be combined; null otherwise.</summary>
    internal (int FirstLine, int Rows, IReadOnlyList<string> Genres)? Find(long id) =>
        _movies.TryGetValue(id, out var movie) && movie is { Differs: false, Genres.Length: > 1 }
            ? (movie.FirstLine, movie.Rows, Array.ConvertAll(movie.Genres, index => _names[index]))
            : null;

    /// <summary>Reads the rows of a file.</summary>
    /// <param name="batches">The file's records, which are disposed one by one.</param>
    /// <param name="columns">The file's columns.</param>
    public static async Task<GenreRows> ObserveAsync(IAsyncEnumerable<RecordBatch> batches, MovieColumns columns)
    {
        var rows = new GenreRows();
        await foreach (var batch in batches.ConfigureAwait(false))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var record = batch[i];
                    if (record.FieldCount >= columns.Count && IdParser.TryParse(record[columns.Id], out var id, out _))
                    {
                        rows.Add(record, id, columns);
                    }
                }
            }
        }

        return rows;
    }

    private void Add(RecordView record, long id, MovieColumns columns)
    {
        var rest = ComputeRest(record, columns);
        var known = _movies.TryGetValue(id, out var movie) ? movie : new RowGroup(rest, record.Line, 0, [], Differs: false);
        var name = Encoding.UTF8.GetString(record[columns.Genres]).Trim();
        _movies[id] = known with
        {
            Rows = known.Rows + 1,
            Differs = known.Differs || known.Rest != rest || (name.Length > 0 && (NameListParser.IsLiteral(record[columns.Genres]) || !NameListParser.CanBeNames(name))),
            Genres = name.Length > 0 && GetIndex(name) is var index && !known.Genres.Contains(index) ? [.. known.Genres, index] : known.Genres,
        };
    }

    /// <summary>Returns the fingerprint of all columns that are read, except the genres.</summary>
    private ulong ComputeRest(RecordView record, MovieColumns columns)
    {
        foreach (var position in columns.FieldIndexes.Concat([columns.Companies, columns.Countries, columns.Languages]))
        {
            var text = record[position];
            _hash.Append(text);
            _hash.Append(BitConverter.GetBytes(text.Length));
        }

        var rest = _hash.GetCurrentHashAsUInt64();
        _hash.Reset();
        return rest;
    }

    private int GetIndex(string name)
    {
        if (_names.IndexOf(name) is >= 0 and var index)
        {
            return index;
        }

        _names.Add(name);
        return _names.Count - 1;
    }

    /// <param name="Rest">The fingerprint of everything but the genre.</param>
    /// <param name="FirstLine">The line of the first row.</param>
    /// <param name="Rows">The number of rows.</param>
    /// <param name="Genres">The genres, by their index, in the order of the rows.</param>
    /// <param name="Differs">Whether the rows differ in more than the genre.</param>
    private readonly record struct RowGroup(ulong Rest, int FirstLine, int Rows, int[] Genres, bool Differs);
}
