using CineLedger.Cleaning.Lists;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading;

/// <summary>One of the files beside the films, once it has been read.</summary>
internal interface ISideRun
{
    /// <summary>The table that its rows are in.</summary>
    string Table { get; }

    /// <summary>Films of which this load changes what the file says of them, and nothing else of their own.</summary>
    IReadOnlyCollection<long> ChangedFilms { get; }

    /// <summary>Ends rows that were replaced or are gone, those of removed films among them. For after the rows are committed.</summary>
    Task SettleAsync(IReadOnlyCollection<long> removedFilms, CancellationToken cancellationToken);
}

/// <summary>Credits, keywords and ratings of a load, as far as it reads them: after the films, which say what they may be about.</summary>
internal sealed class SideRuns(LedgerLoad load, LoadRun films, LoadFiles files)
{
    /// <summary>Managed memory in bytes beyond which a pause of some hundredths of a second is worth it.</summary>
    private const long WorthCollecting = 64L << 20;

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
            GiveBack();
            var run = new ListRun<Credit>(load, films, SideTables.People, credits, LinesOf(credits), load.WriteAsync);
            await run.ReadAsync(
                PartsOf(credits, part => new ListPipeline<Credit>(dataset, part, CreditsCleaner.Columns, (columns, file) => new CreditsCleaner(columns, file))),
                maxRejects, progress, cancellationToken).ConfigureAwait(false);
            load.KeepPeopleOf(run.Winners);
            Credits = run.Totals;
            _runs.Add(run);
        }

        if (files.Keywords is { } keywords)
        {
            GiveBack();
            var run = new ListRun<string>(load, films, SideTables.Keywords, keywords, LinesOf(keywords), load.WriteAsync);
            await run.ReadAsync(
                PartsOf(keywords, part => new ListPipeline<string>(dataset, part, KeywordsCleaner.Columns, (columns, file) => new KeywordsCleaner(columns, file))),
                maxRejects, progress, cancellationToken).ConfigureAwait(false);
            Keywords = run.Totals;
            _runs.Add(run);
        }

        if (files is { Ratings: { } ratings, Links: { } links })
        {
            GiveBack();
            var run = new RatingRun(load, films, ratings, links);
            await run.ReadAsync(dataset, maxRejects, progress, cancellationToken).ConfigureAwait(false);
            Ratings = run.Totals;
            _runs.Add(run);
        }

        ChangedFilms = _runs.SelectMany(run => run.ChangedFilms).Distinct().Count();

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

    /// <summary>
    /// What reading one file has left is given back before the next one takes as much: by itself the collector would find it only when the process has
    /// grown by both.
    /// </summary>
    private static void GiveBack()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) > WorthCollecting)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        }
    }
}
