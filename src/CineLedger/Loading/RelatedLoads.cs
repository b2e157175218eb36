using CineLedger.Cleaning;
using CineLedger.Cleaning.Lists;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading;

/// <summary>The load of a file of related data, once it has been read.</summary>
internal interface IRelatedLoad
{
    /// <summary>The table of its rows.</summary>
    string Table { get; }

    /// <summary>Whether the load wrote all current rows of the table, each once.</summary>
    bool IsWholeTable { get; }

    /// <summary>Whether the load writes or ends any row of the table.</summary>
    bool HasChanges { get; }

    /// <summary>Movies whose related data changes although their own content does not.</summary>
    IReadOnlyCollection<long> ChangedMovies { get; }

    /// <summary>Closes rows that were replaced or are gone, including those of removed movies. Called after the rows are committed.</summary>
    Task FinishAsync(IReadOnlyCollection<long> removedMovies, CancellationToken cancellationToken);
}

/// <summary>Loads credits, keywords and ratings, as selected. They follow the movies, because related data of unknown movies is rejected.</summary>
internal sealed class RelatedLoads(LedgerLoad load, MovieFileLoad movies, LoadFiles files)
{
    /// <summary>The managed memory in bytes from which a collection is worth a pause of some hundredths of a second.</summary>
    private const long WorthCollecting = 64L << 20;

    private readonly List<IRelatedLoad> _loads = [];

    public ListTotals? Credits { get; private set; }

    public ListTotals? Keywords { get; private set; }

    public RatingTotals? Ratings { get; private set; }

    /// <summary>Movies changed only by their related data: those that the load itself adds, changes or removes are not included.</summary>
    public int ChangedMovies { get; private set; }

    public async Task ReadAsync(Dataset dataset, GateDecision gates, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        if (files.Credits is { } credits)
        {
            CollectGarbage();
            var related = new ListFileLoad<Credit>(load, movies, RelatedTables.People, credits, CreateLocations(credits), static (writer, list) => writer.Add(list));
            await related.ReadAsync(
                GetParts(credits, new ListPipeline<Credit>(dataset, CreditsCleaner.ReadColumns, (columns, file) => new CreditsCleaner(columns, file))),
                gates, progress, cancellationToken).ConfigureAwait(false);
            load.RetainPeople(related.Winners);
            Credits = related.Totals;
            _loads.Add(related);
        }

        if (files.Keywords is { } keywords)
        {
            CollectGarbage();
            var related = new ListFileLoad<string>(load, movies, RelatedTables.Keywords, keywords, CreateLocations(keywords), static (writer, list) => writer.Add(list));
            await related.ReadAsync(
                GetParts(keywords, new ListPipeline<string>(
                    dataset, KeywordsCleaner.ReadColumns, (columns, file) => new KeywordsCleaner(columns, file), KeywordsCleaner.NamesIndex)),
                gates, progress, cancellationToken).ConfigureAwait(false);
            Keywords = related.Totals;
            _loads.Add(related);
        }

        if (files is { Ratings: { } ratings, Links: { } links })
        {
            CollectGarbage();
            var related = new RatingFileLoad(load, movies, ratings, links);
            await related.ReadAsync(dataset, gates, progress, cancellationToken).ConfigureAwait(false);
            Ratings = related.Totals;
            _loads.Add(related);
        }

        ChangedMovies = _loads.SelectMany(related => related.ChangedMovies).Distinct().Count();

        RecordLocations CreateLocations(DatasetFile file) => new([.. dataset.GetParts(file).Select(part => part.Name)]);

        IEnumerable<(string, IAsyncEnumerable<CleanedBatch<MovieItems<T>>>)> GetParts<T>(DatasetFile file, ListPipeline<T> pipeline) =>
            dataset.GetParts(file).Select(part => (part.Name, pipeline.ReadAsync(part, cancellationToken)));
    }

    /// <summary>Returns the load of a table; null if its file is not read.</summary>
    public IRelatedLoad? Find(string table) => _loads.Find(related => related.Table == table);

    /// <summary>Closes rows that were replaced or are gone. A removed movie loses its rows in all tables, regardless of the files read.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var removed = movies.RemovedMovies;
        foreach (var related in _loads)
        {
            await related.FinishAsync(removed, cancellationToken).ConfigureAwait(false);
        }

        foreach (var table in RelatedTables.All.Except(_loads.Select(related => related.Table)))
        {
            await load.CloseAsync(table, removed, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Frees the memory of one file before the next one is read: the collector by itself would run only after the process has grown by both.
    /// </summary>
    private static void CollectGarbage()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) > WorthCollecting)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        }
    }
}
