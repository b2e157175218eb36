using System.Data.Common;
using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>The numbers of all the names in a ledger.</summary>
internal sealed class NameTables
{
    /// <summary>The number of names above which reading all is cheaper than looking up each.</summary>
    private const int MaxLookedUp = 200;

    public NameTable Companies { get; } = new(joinsSpellings: true);
    public NameTable Genres { get; } = new();
    public NameTable Countries { get; } = new();
    public NameTable Languages { get; } = new();

    /// <summary>The names under which the ledger lists the loaded companies.</summary>
    public HashSet<string> CompanyNames { get; } = new(CompanyNameComparer.Instance);

    /// <summary>
    /// Movies whose newest version refers to a company under the number of another spelling. Only ledgers of older versions, which numbered each spelling,
    /// have such movies.
    /// </summary>
    public HashSet<long> MoviesWithOldNumbers { get; } = [];

    /// <summary>Empty before <see cref="LoadPeopleAsync"/>.</summary>
    public NameTable People { get; } = new();

    /// <summary>Empty before <see cref="LoadKeywordsAsync"/>.</summary>
    public NameTable Keywords { get; } = new();

    public static async Task<NameTables> LoadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var tables = new NameTables();
        List<(int Number, string Name)>? spellings = null;
        await connection.ReadEachAsync(
            """
            SELECT 0, company_id, name FROM company UNION ALL SELECT 1, genre_id, name FROM genre
            UNION ALL SELECT 2, country_id, code FROM country UNION ALL SELECT 3, language_id, code FROM language
            """,
            row =>
            {
                if (!tables.TryLoad(row.GetInt32(0), row.GetInt32(1), row.GetString(2)))
                {
                    (spellings ??= []).Add((row.GetInt32(1), row.GetString(2)));
                }
            },
            cancellationToken).ConfigureAwait(false);
        if (spellings is not null)
        {
            await tables.JoinAsync(connection, spellings, cancellationToken).ConfigureAwait(false);
        }

        return tables;
    }

    /// <summary>
    /// Loads the names that some movies need. Of the companies, which are many, it loads only those of the movies, unless these are too many or the ledger does
    /// not list one of them in this spelling.
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
        var found = 0;
        var placeholders = string.Join(", ", Enumerable.Range(1, companies.Length).Select(place => FormattableString.Invariant($"${place}")));
        await connection.ReadEachAsync(
            $"""
            SELECT 1, genre_id, name FROM genre UNION ALL SELECT 2, country_id, code FROM country UNION ALL SELECT 3, language_id, code FROM language
            {(companies.Length > 0 ? $"UNION ALL SELECT 0, company_id, name FROM company WHERE name IN ({placeholders})" : "")}
            """,
            row =>
            {
                tables.TryLoad(row.GetInt32(0), row.GetInt32(1), row.GetString(2));
                found += row.GetInt32(0) == 0 ? 1 : 0;
            },
            cancellationToken,
            companies).ConfigureAwait(false);
        if (found < companies.Length)
        {
            return await LoadAsync(connection, cancellationToken).ConfigureAwait(false);
        }

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

    /// <summary>Adds a name of the ledger. Returns false if it is another spelling of a company that was added before.</summary>
    private bool TryLoad(int table, int number, string name)
    {
        var names = table switch { 0 => Companies, 1 => Genres, 2 => Countries, _ => Languages };
        if (names == Companies && !CompanyNames.Add(name))
        {
            return false;
        }

        names.Load(number, name);
        return true;
    }

    /// <summary>Gives all spellings of a company the number of the one with the most movies, or the smallest number on a tie.</summary>
    private async Task JoinAsync(DbConnection connection, List<(int Number, string Name)> spellings, CancellationToken cancellationToken)
    {
        foreach (var name in spellings.Select(spelling => spelling.Name).Distinct(CompanyNameComparer.Instance).ToList())
        {
            CompanyNames.TryGetValue(name, out var first);
            spellings.Add((Companies.FindNumber(name), first!));
        }

        var numbers = string.Join(", ", spellings.Select(spelling => spelling.Number.ToString(CultureInfo.InvariantCulture)));
        var movies = (await connection.QueryAsync(
            $"""
            SELECT l.company_id, l.movie_id FROM movie m JOIN movie_company l ON l.movie_id = m.movie_id AND l.since = m.since
            WHERE m.until IS NULL AND l.company_id IN ({numbers})
            """,
            row => (Number: row.GetInt32(0), MovieId: row.GetInt64(1)),
            cancellationToken).ConfigureAwait(false)).ToLookup(link => link.Number, link => link.MovieId);
        foreach (var company in spellings.GroupBy(spelling => spelling.Name, CompanyNameComparer.Instance))
        {
            var ordered = company.OrderByDescending(spelling => movies[spelling.Number].Count()).ThenBy(spelling => spelling.Number).ToList();
            Companies.Load(ordered[0].Number, ordered[0].Name);
            CompanyNames.Remove(ordered[0].Name);
            CompanyNames.Add(ordered[0].Name);
            MoviesWithOldNumbers.UnionWith(ordered.Skip(1).SelectMany(spelling => movies[spelling.Number]));
        }

        Companies.ContinueNumbersFrom(spellings.Max(spelling => spelling.Number));
    }
}
