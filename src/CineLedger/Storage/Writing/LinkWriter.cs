using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>Writes the companies, genres, countries and languages of films, and the names that come for the first time.</summary>
internal sealed class LinkWriter(Func<string, TableWriter> open, NameTables names, int snapshotId) : IDisposable
{
    public static readonly string[] Tables = ["movie_company", "movie_genre", "movie_country", "movie_language"];

    private readonly Links _companies = new(open, names.Companies, "company");
    private readonly Links _genres = new(open, names.Genres, "genre");
    private readonly Links _countries = new(open, names.Countries, "country");
    private readonly Links _languages = new(open, names.Languages, "language");

    private IEnumerable<TableWriter> Writers => [.. _companies.Writers, .. _genres.Writers, .. _countries.Writers, .. _languages.Writers];

    public void Add(Movie movie)
    {
        var companies = movie.Companies.AsSpan();
        for (var i = 0; i < companies.Length; i++)
        {
            _companies.Add(movie.Id, snapshotId, i, companies[i].Name, null, companies[i].SourceId);
        }

        var genres = movie.Genres.AsSpan();
        for (var i = 0; i < genres.Length; i++)
        {
            _genres.Add(movie.Id, snapshotId, i, genres[i].Name, null, genres[i].SourceId);
        }

        var countries = movie.Countries.AsSpan();
        for (var i = 0; i < countries.Length; i++)
        {
            _countries.Add(movie.Id, snapshotId, i, countries[i].Code, countries[i].Name, null);
        }

        var languages = movie.Languages.AsSpan();
        for (var i = 0; i < languages.Length; i++)
        {
            _languages.Add(movie.Id, snapshotId, i, languages[i].Code, languages[i].Name, null);
        }
    }

    public async ValueTask FlushIfFullAsync(CancellationToken cancellationToken)
    {
        foreach (var writer in Writers)
        {
            await writer.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var writer in Writers)
        {
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach (var writer in Writers)
        {
            writer.Dispose();
        }
    }

    /// <summary>One link table and the table of the names it points to.</summary>
    private sealed class Links(Func<string, TableWriter> open, NameTable numbers, string name)
    {
        private readonly TableWriter _names = open(name);
        private readonly TableWriter _links = open($"movie_{name}");
        private readonly bool _coded = name is "country" or "language";

        /// <summary>Names before what points to them.</summary>
        public TableWriter[] Writers => [_names, _links];

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
    }
}
