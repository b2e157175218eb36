using System.Globalization;

namespace CineLedger.Storage.Reading;

/// <summary>
/// Builds the list of movie IDs for an IN (…) clause: up to two thousand as literals, which is cheaper than a table, more in a temporary table.
/// </summary>
internal static class IdFilter
{
    private const int MaxInline = 2_000;

    /// <summary>Returns the text between the parentheses, valid until the next call on the same ledger.</summary>
    public static async Task<string> WriteAsync(Ledger ledger, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count <= MaxInline)
        {
            return string.Join(", ", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        }

        await ledger.Connection.ExecuteAsync("DROP TABLE IF EXISTS listed", cancellationToken).ConfigureAwait(false);
        await ledger.Connection.ExecuteAsync("CREATE TEMP TABLE listed (movie_id BIGINT)", cancellationToken).ConfigureAwait(false);
        using var rows = ledger.OpenWriter(ledger.Connection, "listed");
        foreach (var id in ids)
        {
            rows.Add(id);
            rows.EndRow();
        }

        await rows.FlushAsync(cancellationToken).ConfigureAwait(false);
        return "SELECT movie_id FROM listed";
    }
}
