using System.Globalization;

namespace CineLedger.Storage.Schema;

/// <summary>The condition that a row belongs to a snapshot, of tables whose rows say since when and until when they hold.</summary>
internal static class AsOf
{
    /// <param name="alias">The table's in the statement; empty where columns need none.</param>
    /// <param name="snapshot">The snapshot's number as SQL, a parameter mostly.</param>
    public static string Sql(string alias, string snapshot = "$1")
    {
        var table = alias.Length > 0 ? $"{alias}." : "";
        return $"{table}since <= {snapshot} AND ({table}until IS NULL OR {table}until > {snapshot})";
    }

    /// <inheritdoc cref="Sql(string, string)"/>
    public static string Sql(string alias, int snapshot) => Sql(alias, snapshot.ToString(CultureInfo.InvariantCulture));
}
