using CineLedger.Files;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Loading;

/// <summary>
/// Determines what a load would do, without writing to the ledger: loads the source into a copy of the newest snapshot in the temporary folder, which is
/// deleted afterwards. See docs/decisions/0090-a-dry-run-loads-a-copy.md.
/// </summary>
public static class DryRunner
{
    private const int Examples = 3;

    /// <param name="dataset">The source.</param>
    /// <param name="openLedger">Opens the ledger for reading; returns null if there is none. It is closed before the source is read.</param>
    /// <param name="options">The options of the load.</param>
    /// <param name="progress">Receives the progress of reading the source.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="LedgerException">The source cannot be read, or contains no movies; a load would fail with the same error.</exception>
    public static async Task<DryRun> RunAsync(
        Dataset dataset, Func<CancellationToken, Task<Ledger?>> openLedger, LoadOptions options, IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken)
    {
        options = options with { IsDryRun = true, Archive = null };
        options.Validate();
        var related = GetRelatedTables(LoadFiles.Select(dataset, options));
        var folder = TemporaryPaths.CreateFolder();
        try
        {
            var path = Path.Combine(folder.FullName, "dry-run.duckdb");
            var target = await StoreEngine.Get(path).OpenAsync(path, wait: false, cancellationToken).ConfigureAwait(false);
            await using (target.ConfigureAwait(false))
            {
                int? before = null;
                if (await openLedger(cancellationToken).ConfigureAwait(false) is { } ledger)
                {
                    await using (ledger.ConfigureAwait(false))
                    {
                        before = await LedgerCopy.CopyNewestAsync(ledger, target, related, cancellationToken).ConfigureAwait(false);
                    }
                }

                return await RunAsync(target, dataset, before, options, progress, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<DryRun> RunAsync(
        Ledger target, Dataset dataset, int? before, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var summary = await Loader.LoadAsync(target, dataset, options, progress, cancellationToken).ConfigureAwait(false);
            var (snapshot, published) = (summary.Snapshot, summary.IsPublished);
            return new(
                dataset.Source, summary.Refusal is not null ? DryRunOutcome.Gated : published ? DryRunOutcome.Publish : DryRunOutcome.Unchanged, before, dataset.Interpretations)
            {
                Counts = new(
                    summary.Records, summary.MoviesRead, published ? snapshot.Added : 0, published ? snapshot.Changed : 0, published ? snapshot.Removed : 0,
                    snapshot.Movies, snapshot.Undated),
                Credits = summary.Credits,
                Keywords = summary.Keywords,
                Ratings = summary.Ratings,
                Findings = GroupFindings(summary.Findings, summary.Examples),
                Violations = [.. summary.Refused, .. summary.Accepted],
                Refusal = summary.Refusal,
            };
        }
        catch (QualityGateException refusal) when (dataset.Interpretations.Count > 0)
        {
            // A gate fired, and the rest of the source could not be read.
            return new(dataset.Source, DryRunOutcome.Gated, before, dataset.Interpretations) { Violations = refusal.Violations, Refusal = refusal };
        }
    }

    private static IReadOnlyList<RuleProfile> GroupFindings(IReadOnlyList<FindingCount> counts, IReadOnlyList<Finding> first)
    {
        var examples = first.ToLookup(finding => (finding.Kind, finding.Rule));
        return
        [
            .. counts.Select(count => new RuleProfile(
                FindingKindNames.GetName(count.Kind), count.Rule, count.Count,
                [
                    .. examples[(count.Kind, count.Rule)].Take(Examples)
                        .Select(finding => FindingExample.Create(finding.File, finding.Line, finding.MovieId, finding.Field, finding.Value)),
                ])),
        ];
    }

    private static List<string> GetRelatedTables(LoadFiles files) =>
    [
        .. files.Credits is null ? Array.Empty<string>() : [RelatedTables.People],
        .. files.Keywords is null ? Array.Empty<string>() : [RelatedTables.Keywords],
        .. files.Ratings is null ? Array.Empty<string>() : [RelatedTables.Ratings],
    ];
}
