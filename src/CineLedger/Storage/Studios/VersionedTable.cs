using CineLedger.Storage.Writing;

namespace CineLedger.Storage.Studios;

/// <summary>A small table whose rows have <c>since</c> and <c>until</c>, and no other identity than their content.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Condition">The condition that identifies a row by its values, from <c>$2</c> on.</param>
/// <param name="GetValues">Returns these values.</param>
/// <param name="Write">Writes the columns after <c>since</c> and <c>until</c>.</param>
internal sealed record VersionedTable<T>(string Name, string Condition, Func<T, object?[]> GetValues, Action<BulkWriter, T> Write)
{
    /// <summary>A statement for each ended row is slow if there are more; then all rows are written again.</summary>
    private const int MaxSingleRows = 20;

    /// <summary>Ends the rows that are no longer requested, and inserts the new ones.</summary>
    public async Task ReplaceAsync(Ledger ledger, HashSet<T> current, HashSet<T> requested, int snapshotId, CancellationToken cancellationToken)
    {
        if (current.SetEquals(requested))
        {
            return;
        }

        var ended = current.Except(requested).ToList();
        var isRewritten = ended.Count > MaxSingleRows;
        if (isRewritten)
        {
            await ledger.Connection.ExecuteAsync($"UPDATE {Name} SET until = $1 WHERE until IS NULL", cancellationToken, snapshotId).ConfigureAwait(false);
        }
        else
        {
            foreach (var row in ended)
            {
                await ledger.Connection.ExecuteAsync($"UPDATE {Name} SET until = $1 WHERE until IS NULL AND {Condition}", cancellationToken, [snapshotId, .. GetValues(row)])
                    .ConfigureAwait(false);
            }
        }

        using var writer = ledger.OpenWriter(ledger.Connection, Name);
        foreach (var row in isRewritten ? requested : requested.Except(current))
        {
            writer.Add(snapshotId);
            writer.AddNull();
            Write(writer, row);
            writer.EndRow();
        }

        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
