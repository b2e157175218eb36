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
        foreach (var (table, name, key) in ((NameTable, string, string)[])
            [(tables.Companies, "company", "name"), (tables.Genres, "genre", "name"), (tables.Countries, "country", "code"), (tables.Languages, "language", "code")])
        {
            table.Load(await connection.QueryAsync(
                $"SELECT {name}_id, {key} FROM {name}", row => (row.GetInt32(0), row.GetString(1)), cancellationToken).ConfigureAwait(false));
        }

        return tables;
    }
}
