using System.Data.Common;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;

namespace CineLedger.Reports;

/// <summary>
/// The names of companies and genres in their order, for reports that come in parts: the engine knows the place of each, and this process looks the
/// names up. Looking them up takes the engine twice as long as all else that it does for a row.
/// </summary>
internal sealed class NamesInOrder : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly Dictionary<string, TextList> _names = [];

    private NamesInOrder(DbConnection connection) => _connection = connection;

    /// <summary>Puts the names in order, for this connection and all others to the ledger. Dispose it when nothing is read any more.</summary>
    /// <param name="connection">To a ledger in DuckDB.</param>
    /// <param name="dimensions">Whose names; of the reports that come in parts <see cref="ReportParts.NamedLater"/> of all.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<NamesInOrder> MakeAsync(DbConnection connection, IEnumerable<Dimension> dimensions, CancellationToken cancellationToken)
    {
        var names = new NamesInOrder(connection);
        try
        {
            await connection.ExecuteAsync(StagedSql.Begin, cancellationToken).ConfigureAwait(false);
            foreach (var dimension in dimensions)
            {
                await connection.ExecuteAsync(StagedSql.MakePlaces(dimension), cancellationToken).ConfigureAwait(false);
                names._names[dimension.Name] = await ReadAsync(connection, dimension, cancellationToken).ConfigureAwait(false);
            }

            return names;
        }
        catch
        {
            await names.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>How many companies there are to be divided into parts.</summary>
    public int Companies => _names["company"].Count;

    /// <summary>Gives the rows of a part the names for which they have places.</summary>
    public void Name(ChunkReader rows, QueryRequest query)
    {
        for (var i = 0; i < query.By.Count; i++)
        {
            if (StagedSql.ComesAsPlace(query.By[i]))
            {
                rows.LookUp(i, _names[query.By[i].Name]);
            }
        }
    }

    public async ValueTask DisposeAsync() => await _connection.ExecuteAsync(StagedSql.End, CancellationToken.None).ConfigureAwait(false);

    private static async Task<TextList> ReadAsync(DbConnection connection, Dimension dimension, CancellationToken cancellationToken)
    {
        var names = new TextList();
        var rows = (ChunkReader)await connection.OpenRowsAsync(StagedSql.NamesInOrder(dimension), [], cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                names.Add(rows.GetUtf8(0));
            }
        }

        return names;
    }
}
