using CineLedger.Cleaning.Lists;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;

namespace CineLedger.Loading;

/// <summary>One of the files beside the films, once it has been read.</summary>
internal interface ISideRun
{
    /// <summary>The table that its rows are in.</summary>
    string Table { get; }

    /// <summary>Films of which this load changes what the file says of them.</summary>
    IEnumerable<long> ChangedFilms { get; }

    /// <summary>Ends rows that were replaced or are gone, those of removed films among them. For after the rows are committed.</summary>
    Task SettleAsync(IReadOnlyCollection<long> removedFilms, CancellationToken cancellationToken);
}

/// <summary>Credits, keywords and ratings of a load, as far as it reads them: after the films, which say what they may be about.</summary>
internal sealed class SideRuns(LedgerLoad load, LoadRun films, LoadFiles files)
{
    private readonly List<ISideRun> _runs = [];

    public ListTotals? Credits { get; private set; }

    public ListTotals? Keywords { get; private set; }

    public RatingTotals? Ratings { get; private set; }

    /// <summary>Films that change by this alone: not those that the load adds, changes or removes anyway.</summary>
    public int ChangedFilms { get; private set; }

    public async Task ReadAsync(Dataset dataset, double maxRejects, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        if (files.Credits is { } credits)
        {
            var run = new ListRun<Credit>(load, films, SideTables.People, credits, LinesOf(credits), load.WriteAsync);
            await run.ReadAsync(
                PartsOf(credits, part => new ListPipeline<Credit>(dataset, part, CreditsCleaner.Columns, (columns, file) => new CreditsCleaner(columns, file))),
                maxRejects, progress, cancellationToken).ConfigureAwait(false);
            Credits = run.Totals;
            _runs.Add(run);
        }

        if (files.Keywords is { } keywords)
        {
            var run = new ListRun<string>(load, films, SideTables.Keywords, keywords, LinesOf(keywords), load.WriteAsync);
            await run.ReadAsync(
                PartsOf(keywords, part => new ListPipeline<string>(dataset, part, KeywordsCleaner.Columns, (columns, file) => new KeywordsCleaner(columns, file))),
                maxRejects, progress, cancellationToken).ConfigureAwait(false);
            Keywords = run.Totals;
            _runs.Add(run);
        }

        if (files is { Ratings: { } ratings, Links: { } links })
        {
            var run = new RatingRun(load, films, ratings, links);
            await run.ReadAsync(dataset, maxRejects, progress, cancellationToken).ConfigureAwait(false);
            Ratings = run.Totals;
            _runs.Add(run);
        }

        ChangedFilms = _runs.SelectMany(run => run.ChangedFilms).Where(films.IsOtherwiseUnchanged).Distinct().Count();

        FilmLines LinesOf(DatasetFile file) => new([.. dataset.PartsOf(file).Select(part => part.Name)]);

        IEnumerable<(string, T)> PartsOf<T>(DatasetFile file, Func<DatasetFile, T> make) => dataset.PartsOf(file).Select(part => (part.Name, make(part)));
    }

    /// <summary>Ends what was replaced or is gone. A removed film loses its rows in the other tables too, whatever was read.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var removed = films.RemovedFilms;
        foreach (var run in _runs)
        {
            await run.SettleAsync(removed, cancellationToken).ConfigureAwait(false);
        }

        foreach (var table in SideTables.All.Except(_runs.Select(run => run.Table)))
        {
            await load.CloseAsync(table, removed, cancellationToken).ConfigureAwait(false);
        }
    }
}
