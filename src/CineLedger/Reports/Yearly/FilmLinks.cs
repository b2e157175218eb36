using System.Data.Common;
using System.Runtime.InteropServices;
using CineLedger.Storage;

namespace CineLedger.Reports.Yearly;

/// <summary>The names that films have, by their places in the order of names.</summary>
internal static class FilmLinks
{
    /// <summary>Reads the names of every dated film; of others there are none.</summary>
    /// <param name="connection">To the ledger.</param>
    /// <param name="table">The table of links.</param>
    /// <param name="number">Its column of the names' numbers.</param>
    /// <param name="films">The films.</param>
    /// <param name="names">The names.</param>
    /// <param name="snapshotId">As of when.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<Lists> ReadAsync(
        DbConnection connection, string table, string number, YearlyFilms films, NamesInOrder names, int snapshotId, CancellationToken cancellationToken)
    {
        var (linked, places) = (new List<int>(films.Count * 2), new List<int>(films.Count * 2));
        var rows = await connection.OpenRowsAsync($"SELECT movie_id, since, {number} FROM {table} WHERE since <= $1", [snapshotId], cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            var last = 0;
            var (missedId, missedSince) = (0L, 0);
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                // Links of other versions of films lie in the same table, those of a version together.
                var (id, since) = (rows.GetInt64(0), rows.GetInt32(1));
                if (id == missedId && since == missedSince)
                {
                    continue;
                }

                var film = films.Find(id, since, ref last);
                if (film < 0)
                {
                    (missedId, missedSince) = (id, since);
                }
                else if (films[film].Year != YearlyFilm.Undated && names.PlaceOf(rows.GetInt32(2)) is >= 0 and var place)
                {
                    linked.Add(film);
                    places.Add(place);
                }
            }
        }

        return new Lists(films.Count, CollectionsMarshal.AsSpan(linked), CollectionsMarshal.AsSpan(places));
    }
}
