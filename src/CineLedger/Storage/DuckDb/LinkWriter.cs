using CineLedger.Model;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>Writes the companies, genres, countries and languages of films, and the names that come for the first time.</summary>
internal sealed class LinkWriter(DuckDBConnection connection, NameTables names, int snapshotId) : IDisposable
{
    public static readonly string[] Tables = ["movie_company", "movie_genre", "movie_country", "movie_language"];

    private readonly Links _companies = new(connection, names.Companies, "company");
    private readonly Links _genres = new(connection, names.Genres, "genre");
    private readonly Links _countries = new(connection, names.Countries, "country");
    private readonly Links _languages = new(connection, names.Languages, "language");

    public void Add(Movie movie)
    {
        for (var i = 0; i < movie.Companies.Count; i++)
        {
            _companies.Add(movie.Id, snapshotId, i, movie.Companies[i].Name, null, movie.Companies[i].SourceId);
        }

        for (var i = 0; i < movie.Genres.Count; i++)
        {
            _genres.Add(movie.Id, snapshotId, i, movie.Genres[i].Name, null, movie.Genres[i].SourceId);
        }

        for (var i = 0; i < movie.Countries.Count; i++)
        {
            _countries.Add(movie.Id, snapshotId, i, movie.Countries[i].Code, movie.Countries[i].Name, null);
        }

        for (var i = 0; i < movie.Languages.Count; i++)
        {
            _languages.Add(movie.Id, snapshotId, i, movie.Languages[i].Code, movie.Languages[i].Name, null);
        }
    }

    /// <summary>Brings all rows into the tables, where the transaction's queries see them.</summary>
    public void Flush()
    {
        _companies.Flush();
        _genres.Flush();
        _countries.Flush();
        _languages.Flush();
    }

    public void Dispose()
    {
        _companies.Dispose();
        _genres.Dispose();
        _countries.Dispose();
        _languages.Dispose();
    }

    /// <summary>One link table and the table of the names it points to.</summary>
    private sealed class Links(DuckDBConnection connection, NameTable numbers, string name) : IDisposable
    {
        private readonly ChunkAppender _names = new(connection.NativeConnection, name);
        private readonly ChunkAppender _links = new(connection.NativeConnection, $"movie_{name}");
        private readonly bool _coded = name is "country" or "language";

        public void Add(long movieId, int snapshotId, int position, string key, string? label, long? sourceId)
        {
            var number = numbers.Number(key, out var isNew);
            if (isNew)
            {
                _names.Add(number);
                _names.Add(key);
                if (_coded)
                {
                    _names.Add(label);
                }

                _names.EndRow();
            }

            _links.Add(movieId);
            _links.Add(snapshotId);
            _links.Add(number);
            _links.Add(position);
            if (!_coded)
            {
                _links.Add(sourceId);
            }

            _links.EndRow();
        }

        public void Flush()
        {
            _names.Flush();
            _links.Flush();
        }

        public void Dispose()
        {
            _names.Dispose();
            _links.Dispose();
        }
    }
}
