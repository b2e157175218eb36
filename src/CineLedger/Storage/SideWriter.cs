using CineLedger.Model;

namespace CineLedger.Storage;

/// <summary>
/// Writes ratings, people and keywords of films, and the names that come for the first time. Tables are opened when the first row
/// comes: most loads read only some of the files.
/// </summary>
internal sealed class SideWriter(Func<string, TableWriter> open, NameTables names, int snapshotId) : IDisposable
{
    // In the order of opening: names before what points to them.
    private readonly List<(string Table, TableWriter Writer)> _writers = [];

    public void Add(FilmList<Credit> people)
    {
        var (numbers, rows) = (Of("person"), Of(SideTables.People));
        var (cast, crew) = (0, 0);
        foreach (var credit in people.Items)
        {
            var number = names.People.Number(credit.Name, out var isNew, credit.PersonId);
            if (isNew)
            {
                numbers.Add(number);
                numbers.Add(credit.PersonId);
                numbers.Add(credit.Name);
                numbers.EndRow();
            }

            Begin(rows, people.MovieId);
            rows.Add(number);
            rows.Add(credit.IsCast ? "cast" : "crew");
            rows.Add(credit.Job);
            rows.Add(credit.Department);
            rows.Add(credit.Character);
            rows.Add(credit.IsCast ? cast++ : crew++);
            rows.Add(people.Hash);
            rows.EndRow();
        }
    }

    public void Add(FilmList<string> keywords)
    {
        var (numbers, rows) = (Of("keyword"), Of(SideTables.Keywords));
        for (var i = 0; i < keywords.Items.Count; i++)
        {
            var number = names.Keywords.Number(keywords.Items[i], out var isNew);
            if (isNew)
            {
                numbers.Add(number);
                numbers.Add(keywords.Items[i]);
                numbers.EndRow();
            }

            Begin(rows, keywords.MovieId);
            rows.Add(number);
            rows.Add(i);
            rows.Add(keywords.Hash);
            rows.EndRow();
        }
    }

    public void Add(YearOfRatings ratings)
    {
        var rows = Of(SideTables.Ratings);
        Begin(rows, ratings.MovieId);
        rows.Add(ratings.Year);
        rows.Add(ratings.Ratings);
        rows.Add(ratings.Micros * 0.000001m);
        rows.EndRow();
    }

    public async ValueTask FlushIfFullAsync(CancellationToken cancellationToken)
    {
        foreach (var (_, writer) in _writers)
        {
            await writer.FlushIfFullAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var (_, writer) in _writers)
        {
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach (var (_, writer) in _writers)
        {
            writer.Dispose();
        }

        _writers.Clear();
    }

    private void Begin(TableWriter rows, long movieId)
    {
        rows.Add(movieId);
        rows.Add(snapshotId);
        rows.AddNull();
    }

    private TableWriter Of(string table)
    {
        foreach (var (name, writer) in _writers)
        {
            if (ReferenceEquals(name, table))
            {
                return writer;
            }
        }

        _writers.Add((table, open(table)));
        return _writers[^1].Writer;
    }
}
