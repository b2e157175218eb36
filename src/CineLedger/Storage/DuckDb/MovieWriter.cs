using System.Runtime.CompilerServices;
using CineLedger.Model;
using DuckDB.NET.Data;

namespace CineLedger.Storage.DuckDb;

/// <summary>Writes films and their companies, genres, countries and languages.</summary>
internal sealed class MovieWriter : IDisposable
{
    public static readonly string[] LinkTables = ["movie_company", "movie_genre", "movie_country", "movie_language"];

    private readonly int _snapshotId;
    private readonly ChunkAppender _movies;
    private readonly Links _companies;
    private readonly Links _genres;
    private readonly Links _countries;
    private readonly Links _languages;

    public MovieWriter(DuckDBConnection connection, NameTables names, int snapshotId)
    {
        _snapshotId = snapshotId;

        // A film is about a kilobyte: the others are small.
        _movies = new ChunkAppender(connection.NativeConnection, "movie", 8 * 2048);
        _companies = new Links(connection, names.Companies, "company");
        _genres = new Links(connection, names.Genres, "genre");
        _countries = new Links(connection, names.Countries, "country");
        _languages = new Links(connection, names.Languages, "language");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(Movie movie, long contentHash)
    {
        _movies.Add(movie.Id);
        _movies.Add(_snapshotId);
        _movies.Add((int?)null);
        _movies.Add(movie.Title);
        _movies.Add(movie.OriginalTitle);
        _movies.Add(movie.ReleaseDate);
        _movies.Add(movie.ReleaseDate?.Year);
        _movies.Add(movie.ReleaseDate?.Month);
        _movies.Add(movie.Budget);
        _movies.Add(movie.Revenue);
        _movies.Add(movie.Runtime);
        _movies.Add(movie.Popularity);
        _movies.Add(movie.VoteAverage);
        _movies.Add(movie.VoteCount);
        _movies.Add(movie.Language);
        _movies.Add(movie.Status);
        _movies.Add(movie.Collection);
        _movies.Add(movie.ImdbId);
        _movies.Add(movie.Adult);
        _movies.Add(movie.Video);
        _movies.Add(movie.Homepage);
        _movies.Add(movie.PosterPath);
        _movies.Add(movie.Tagline);
        _movies.Add(movie.Overview);
        _movies.Add(movie.Companies.Count);
        _movies.Add(movie.Genres.Count);
        _movies.Add(contentHash);
        _movies.Add(movie.Line);
        _movies.EndRow();

        for (var i = 0; i < movie.Companies.Count; i++)
        {
            _companies.Add(movie.Id, _snapshotId, i, movie.Companies[i].Name, null, movie.Companies[i].SourceId);
        }

        for (var i = 0; i < movie.Genres.Count; i++)
        {
            _genres.Add(movie.Id, _snapshotId, i, movie.Genres[i].Name, null, movie.Genres[i].SourceId);
        }

        for (var i = 0; i < movie.Countries.Count; i++)
        {
            _countries.Add(movie.Id, _snapshotId, i, movie.Countries[i].Code, movie.Countries[i].Name, null);
        }

        for (var i = 0; i < movie.Languages.Count; i++)
        {
            _languages.Add(movie.Id, _snapshotId, i, movie.Languages[i].Code, movie.Languages[i].Name, null);
        }
    }

    /// <summary>Brings all rows into the tables, where the transaction's queries see them.</summary>
    public void Flush()
    {
        _movies.Flush();
        _companies.Flush();
        _genres.Flush();
        _countries.Flush();
        _languages.Flush();
    }

    public void Dispose()
    {
        _movies.Dispose();
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
