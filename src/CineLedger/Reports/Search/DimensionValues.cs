using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;

namespace CineLedger.Reports.Search;

/// <summary>The values of a dimension that the ledger knows: names of companies, genres, languages and the like.</summary>
public static class DimensionValues
{
    /// <summary>Returns at most <paramref name="limit"/> values that begin with a text, in alphabetical order.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="dimension">The dimension's name.</param>
    /// <param name="beginning">The beginning, regardless of letter case and accents; empty for any.</param>
    /// <param name="limit">The maximum number of values.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(
        DbConnection connection, string dimension, string beginning, int limit, CancellationToken cancellationToken)
    {
        var found = Dimensions.Find(dimension, "dimension");
        if (found is { Links: null, Column: null } or { Form: ValueForm.YesNo })
        {
            return found switch { { Form: ValueForm.Weekday } => Dimensions.Weekdays, { Form: ValueForm.YesNo } => ["yes", "no"], _ => [] };
        }

        var (table, column) = found.Links is { } links ? (links.Names, links.Label) : ("movie", found.Column!);
        var names = await connection.QueryAsync(
            $"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL", row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        var folded = NameFolding.RemoveAccents(beginning);
        return [.. names.Where(name => NameFolding.RemoveAccents(name).StartsWith(folded, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(limit)];
    }
}
