using System.Data.Common;

namespace CineLedger.Storage;

/// <summary>The numbers of all the names in a ledger.</summary>
internal sealed class NameTables
{
    public NameTable Companies { get; } = new();
    public NameTable Genres { get; } = new();
    public NameTable Countries { get; } = new();
    public NameTable Languages { get; } = new();

    public static async Task<NameTables> LoadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var tables = new NameTables();
        NameTable[] all = [tables.Companies, tables.Genres, tables.Countries, tables.Languages];
        await connection.ForEachAsync(
            """
            SELECT 0, company_id, name FROM company UNION ALL SELECT 1, genre_id, name FROM genre
            UNION ALL SELECT 2, country_id, code FROM country UNION ALL SELECT 3, language_id, code FROM language
            """,
            row => all[row.GetInt32(0)].Load(row.GetInt32(1), row.GetString(2)),
            cancellationToken).ConfigureAwait(false);
        return tables;
    }
}
