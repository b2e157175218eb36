using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Writing;

/// <summary>
/// Writes the rows that belong to movies (companies, genres, countries and languages; people, keywords and ratings) and new names. A table is
/// opened when its first row is written, because most loads read only some of the files.
/// </summary>
internal sealed class RelatedWriter : IDisposable
{
    /// <summary>The tables of links from the movies file; <see cref="RelatedTables"/> has the others.</summary>
    public static readonly string[] LinkTables = ["movie_company", "movie_genre", "movie_country", "movie_language"];

    // In the order of opening: names before the rows that refer to them.
    private readonly List<BulkWriter> _opened = [];
    private readonly Func<string, BulkWriter> _open;
    private readonly NameTables _names;
    private readonly int _snapshotId;
    private readonly RelatedCounts? _counts;
    private readonly NamedRows _companies;
    private readonly NamedRows _genres;
    private readonly NamedRows _countries;
    private readonly NamedRows _languages;
    private readonly NamedRows _people;
    private readonly NamedRows _keywords;
    private BulkWriter? _ratings;

    /// <param name="open">Opens the engine's writer of a table.</param>
    /// <param name="names">The numbers of names; new ones are added.</param>
    /// <param name="snapshotId">The snapshot of the rows.</param>
    /// <param name="counts">Counts the credits and keywords; null if the counts are not needed.</param>
    public RelatedWriter(Func<string, BulkWriter> open, NameTables names, int snapshotId, RelatedCounts? counts = null)
    {
        (_open, _names, _snapshotId, _counts) = (open, names, snapshotId, counts);
        _companies = new(this, names.Companies, "company", "movie_company");
        _genres = new(this, names.Genres, "genre", "movie_genre");
        _countries = new(this, names.Countries, "country", "movie_country");
        _languages = new(this, names.Languages, "language", "movie_language");
        _people = new(this, names.People, "person", RelatedTables.People);
        _keywords = new(this, names.Keywords, "keyword", RelatedTables.Keywords);
    }

    /// <summary>Lists a new company under this spelling, whichever its movies have.</summary>
    public void AddCompany(string name) => _companies.GetOrAddNumber(name);

    /// <summary>Writes a movie's links.</summary>
    public void Add(Movie movie)
    {
        var companies = movie.Companies.AsSpan();
        for (var i = 0; i < companies.Length; i++)
        {
            AddNamed(_companies, movie.Id, i, companies[i].Name, companies[i].SourceId);
        }

        var genres = movie.Genres.AsSpan();
        for (var i = 0; i < genres.Length; i++)
        {
            AddNamed(_genres, movie.Id, i, genres[i].Name, genres[i].SourceId);
        }

        var countries = movie.Countries.AsSpan();
        for (var i = 0; i < countries.Length; i++)
        {
            AddCoded(_countries, movie.Id, i, countries[i].Code, countries[i].Name);
        }

        var languages = movie.Languages.AsSpan();
        for (var i = 0; i < languages.Length; i++)
        {
            AddCoded(_languages, movie.Id, i, languages[i].Code, languages[i].Name);
        }
    }

    public void Add(MovieItems<Credit> people)
    {
        var list = (CreditList)people.Items;
        var rows = _people.Rows;
        var (cast, crew) = (0, 0);
        var texts = list.Texts;
        _counts?.Cast.BeginMovie();
        _counts?.Crew.BeginMovie();
        foreach (var part in list.Parts)
        {
            var number = GetPersonNumber(part, texts);
            (part.IsCast ? _counts?.Cast : _counts?.Crew)?.Add(number);
            rows.Add(people.MovieId);
            rows.Add(_snapshotId);
            rows.AddNull();
            rows.Add(number);
            rows.AddUtf8(part.IsCast ? "cast"u8 : "crew"u8);
            Add(rows, part.GetFirst(texts), part.IsCast ? CreditList.Unknown : part.FirstLength);
            Add(rows, part.GetSecond(texts), part.SecondLength);
            Add(rows, part.GetFirst(texts), part.IsCast ? part.FirstLength : CreditList.Unknown);
            rows.Add(part.IsCast ? cast++ : crew++);
            rows.Add(people.Hash);
            rows.EndRow();
        }

        _counts?.Cast.EndMovie();
        _counts?.Crew.EndMovie();
    }

    /// <summary>
    /// Writes the names of the people in the last lists, and removes everyone else from memory. Call it when all credits have been read.
    /// </summary>
    public void RetainPeople(IReadOnlyList<MovieItems<Credit>> last)
    {
        var kept = new HashSet<int>();
        foreach (var list in last.Select(movie => (CreditList)movie.Items))
        {
            foreach (var part in list.Parts)
            {
                kept.Add(GetPersonNumber(part, list.Texts));
            }
        }

        _names.People.RetainOnly(kept);
    }

    public void Add(MovieItems<string> keywords)
    {
        _counts?.Keywords.BeginMovie();
        for (var i = 0; i < keywords.Items.Count; i++)
        {
            var number = _keywords.GetOrAddNumber(keywords.Items[i]);
            _counts?.Keywords.Add(number);
            var rows = _keywords.Rows;
            rows.Add(keywords.MovieId);
            rows.Add(_snapshotId);
            rows.AddNull();
            rows.Add(number);
            rows.Add(i);
            rows.Add(keywords.Hash);
            rows.EndRow();
        }

        _counts?.Keywords.EndMovie();
    }

    public void Add(MovieYearRatings ratings)
    {
        var rows = _ratings ??= Open(RelatedTables.Ratings);
        rows.Add(ratings.MovieId);
        rows.Add(_snapshotId);
        rows.AddNull();
        rows.Add(ratings.Year);
        rows.Add(ratings.Ratings);
        rows.Add(ratings.SumMicros * 0.000001m);
        rows.EndRow();
    }

    public async ValueTask FlushIfFullAsync(CancellationToken cancellationToken)
    {
        foreach (var writer in _opened)
        {
            await writer.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var writer in _opened)
        {
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _opened.ForEach(writer => writer.Dispose());

    private void AddNamed(NamedRows target, long movieId, int position, string name, long? sourceId)
    {
        AddLink(target.Rows, movieId, target.GetOrAddNumber(name), position);
        target.Rows.Add(sourceId);
        target.Rows.EndRow();
    }

    private void AddCoded(NamedRows target, long movieId, int position, string code, string? name)
    {
        AddLink(target.Rows, movieId, target.GetOrAddCodeNumber(code, name), position);
        target.Rows.EndRow();
    }

    private void AddLink(BulkWriter rows, long movieId, int number, int position)
    {
        rows.Add(movieId);
        rows.Add(_snapshotId);
        rows.Add(number);
        rows.Add(position);
    }

    /// <summary>Returns a person's number, and writes the name if it is new.</summary>
    private int GetPersonNumber(CreditList.CreditSpan part, ReadOnlySpan<byte> texts)
    {
        var number = _names.People.GetNumber(part.GetName(texts), out var isNew, part.PersonId);
        if (isNew)
        {
            var persons = _people.Names;
            persons.Add(number);
            persons.Add(part.PersonId);
            persons.AddUtf8(part.GetName(texts));
            persons.EndRow();
        }

        return number;
    }

    private static void Add(BulkWriter rows, ReadOnlySpan<byte> text, int length)
    {
        if (length == CreditList.Unknown)
        {
            rows.AddNull();
        }
        else
        {
            rows.AddUtf8(text);
        }
    }

    private BulkWriter Open(string table)
    {
        _opened.Add(_open(table));
        return _opened[^1];
    }

    /// <summary>A table and the table of the names to which its rows refer.</summary>
    private sealed class NamedRows(RelatedWriter owner, NameTable numbers, string nameTable, string rowTable)
    {
        private BulkWriter? _names;
        private BulkWriter? _rows;

        public BulkWriter Names => _names ??= owner.Open(nameTable);

        public BulkWriter Rows => _rows ??= OpenRows();

        /// <summary>Returns the number of a name, and writes the name if it is new.</summary>
        public int GetOrAddNumber(string name)
        {
            var number = numbers.GetNumber(name, out var isNew);
            if (isNew)
            {
                Names.Add(number);
                Names.Add(name);
                Names.EndRow();
            }

            return number;
        }

        /// <summary>Returns the number of a code, and writes the code with its name if it is new.</summary>
        public int GetOrAddCodeNumber(string code, string? name)
        {
            var number = numbers.GetNumber(code, out var isNew);
            if (isNew)
            {
                Names.Add(number);
                Names.Add(code);
                Names.Add(name);
                Names.EndRow();
            }

            return number;
        }

        private BulkWriter OpenRows()
        {
            _names ??= owner.Open(nameTable);
            return owner.Open(rowTable);
        }
    }
}
