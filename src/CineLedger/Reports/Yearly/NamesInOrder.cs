using System.Data.Common;
using CineLedger.Storage;
using CineLedger.Storage.Reading;

namespace CineLedger.Reports.Yearly;

/// <summary>The names that the ledger has numbers for, in the order of reports: by code points. A name's place is counted from 0.</summary>
internal sealed class NamesInOrder
{
    private readonly TextList _names = new();
    private int[] _places = [];

    private NamesInOrder()
    {
    }

    public int Count => _names.Count;

    /// <summary>The name as UTF-8.</summary>
    public ReadOnlySpan<byte> this[int place] => _names[place];

    /// <summary>Where the name of a number stands; -1 where the ledger has none for it.</summary>
    public int PlaceOf(int number) => number < _places.Length ? _places[number] : -1;

    /// <param name="connection">To a ledger whose rows come as UTF-8.</param>
    /// <param name="table">The table of names.</param>
    /// <param name="number">Its column of their numbers.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<NamesInOrder> ReadAsync(DbConnection connection, string table, string number, CancellationToken cancellationToken)
    {
        var names = new NamesInOrder();
        var rows = (RowReader)await connection.OpenRowsAsync($"SELECT {number}, name FROM {table} ORDER BY name", [], cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                names.Add(rows.GetInt32(0), rows.GetUtf8(1));
            }
        }

        return names;
    }

    private void Add(int number, ReadOnlySpan<byte> name)
    {
        if (number >= _places.Length)
        {
            var known = _places.Length;
            Array.Resize(ref _places, Math.Max(number + 1, known * 2));
            _places.AsSpan(known).Fill(-1);
        }

        _places[number] = _names.Count;
        _names.Add(name);
    }
}
