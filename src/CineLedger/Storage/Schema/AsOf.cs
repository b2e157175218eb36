using System.Globalization;

namespace CineLedger.Storage.Schema;

/// <summary>Builds the SQL condition for versioned rows (<c>since</c>, <c>until</c>) that belong to a snapshot.</summary>
internal static class AsOf
{
    /// <param name="alias">The table's alias; empty if the columns need none.</param>
    /// <param name="snapshot">An SQL expression for the snapshot's number, usually a parameter.</param>
    public static string Build(string alias, string snapshot = "$1")
    {
        var table = alias.Length > 0 ? $"{alias}." : "";
        return $"{table}since <= {snapshot} AND ({table}until IS NULL OR {table}until > {snapshot})";
    }

    /// <inheritdoc cref="Build(string, string)"/>
    public static string Build(string alias, int snapshot) => Build(alias, snapshot.ToString(CultureInfo.InvariantCulture));
}
