using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Writing;

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
        var list = (CreditList)people.Items;
        var (persons, rows) = (Of("person"), Of(SideTables.People));
        var (cast, crew) = (0, 0);
        var texts = list.Texts;
        foreach (var part in list.Parts)
        {
            var number = NumberOf(part, texts, persons);
            Begin(rows, people.MovieId);
            rows.Add(number);
            rows.AddUtf8(part.IsCast ? "cast"u8 : "crew"u8);
            Add(rows, part.First(texts), part.IsCast ? CreditList.Unknown : part.FirstLength);
            Add(rows, part.Second(texts), part.SecondLength);
            Add(rows, part.First(texts), part.IsCast ? part.FirstLength : CreditList.Unknown);
            rows.Add(part.IsCast ? cast++ : crew++);
            rows.Add(people.Hash);
            rows.EndRow();
        }
    }

    /// <summary>Writes the names of these lists now, and forgets those of all other people: no more lists come but these.</summary>
    public void KeepPeopleOf(IReadOnlyList<FilmList<Credit>> last)
    {
        var kept = new HashSet<int>();
        foreach (var list in last.Select(film => (CreditList)film.Items))
        {
            foreach (var part in list.Parts)
            {
                kept.Add(NumberOf(part, list.Texts, Of("person")));
            }
        }

        names.People.KeepOnly(kept);
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

    /// <summary>A person's number; who comes for the first time is written down.</summary>
    private int NumberOf(CreditList.Part part, ReadOnlySpan<byte> texts, TableWriter persons)
    {
        var number = names.People.NumberOfUtf8(part.Name(texts), out var isNew, part.PersonId);
        if (isNew)
        {
            persons.Add(number);
            persons.Add(part.PersonId);
            persons.AddUtf8(part.Name(texts));
            persons.EndRow();
        }

        return number;
    }

    private static void Add(TableWriter rows, ReadOnlySpan<byte> text, int length)
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
