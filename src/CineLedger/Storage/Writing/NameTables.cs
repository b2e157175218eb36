using System.Data.Common;
using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>The numbers of all the names in a ledger.</summary>
internal sealed class NameTables
{
    /// <summary>The number of names above which reading all is cheaper than looking up each.</summary>
    private const int MaxLookedUp = 200;

    public NameTable Companies { get; } = new();
    public NameTable Genres { get; } = new();
    public NameTable Countries { get; } = new();
    public NameTable Languages { get; } = new();

    /// <summary>Empty before <see cref="LoadPeopleAsync"/>.</summary>
    public NameTable People { get; } = new();

    /// <summary>Empty before <see cref="LoadKeywordsAsync"/>.</summary>
    public NameTable Keywords { get; } = new();

    public static async Task<NameTables> LoadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var tables = new NameTables();
        NameTable[] all = [tables.Companies, tables.Genres, tables.Countries, tables.Languages];
        await connection.ReadEachAsync(
            """
            SELECT 0, company_id, name FROM company UNION ALL SELECT 1, genre_id, name FROM genre
            UNION ALL SELECT 2, country_id, code FROM country UNION ALL SELECT 3, language_id, code FROM language
            """,
            row => all[row.GetInt32(0)].Load(row.GetInt32(1), row.GetString(2)),
            cancellationToken).ConfigureAwait(false);
        return tables;
    }

    /// <summary>
    /// Loads the names that some movies need. Of the companies, which are many, it loads only those of the movies, unless these are too many.
    /// </summary>
    public static async Task<NameTables> LoadForAsync(
        DbConnection connection, IReadOnlyList<(Movie Movie, long Hash)> movies, CancellationToken cancellationToken)
    {
        object?[] companies = [.. movies.SelectMany(movie => movie.Movie.Companies).Select(company => company.Name).Distinct().Take(MaxLookedUp + 1)];
        if (companies.Length > MaxLookedUp)
        {
            return await LoadAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        var tables = new NameTables();
        NameTable[] all = [tables.Companies, tables.Genres, tables.Countries, tables.Languages];
        var placeholders = string.Join(", ", Enumerable.Range(1, companies.Length).Select(place => FormattableString.Invariant($"${place}")));
        await connection.ReadEachAsync(
            $"""
            SELECT 1, genre_id, name FROM genre UNION ALL SELECT 2, country_id, code FROM country UNION ALL SELECT 3, language_id, code FROM language
            {(companies.Length > 0 ? $"UNION ALL SELECT 0, company_id, name FROM company WHERE name IN ({placeholders})" : "")}
            """,
            row => all[row.GetInt32(0)].Load(row.GetInt32(1), row.GetString(2)),
            cancellationToken,
            companies).ConfigureAwait(false);
        tables.Companies.ContinueNumbersFrom(Convert.ToInt32(
            await connection.ExecuteScalarAsync("SELECT COALESCE(MAX(company_id), 0) FROM company", cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture));
        return tables;
    }

    /// <summary>Loads the people. Separate, because there are many more of them than other names and only loads of credits need them.</summary>
    public Task LoadPeopleAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ReadEachAsync(
            "SELECT person_id, name, source_id FROM person", row => People.Load(row.GetInt32(0), row.GetString(1), row.GetInt64(2)), cancellationToken);

    /// <summary>Loads the keywords, for a load that reads them.</summary>
    public Task LoadKeywordsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ReadEachAsync("SELECT keyword_id, name FROM keyword", row => Keywords.Load(row.GetInt32(0), row.GetString(1)), cancellationToken);
}
