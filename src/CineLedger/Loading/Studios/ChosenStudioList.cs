using System.Data.Common;
using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Loading.Studios;

/// <summary>The list of studios that a load publishes.</summary>
/// <param name="Lines">The lines; null if the ledger keeps its list.</param>
/// <param name="Name">The name of the list for the summary; null if the ledger keeps its list.</param>
/// <param name="Note">Why the list in the dataset is not used, as a sentence; null otherwise.</param>
internal sealed record ChosenStudioList(IReadOnlyList<StudioLine>? Lines, string? Name, string? Note)
{
    /// <summary>
    /// Chooses the list of the options, or for a first load the one in the dataset, or the bundled one. A list in a dataset does not stop the load: if it has problems,
    /// it is ignored, and the summary says why.
    /// </summary>
    public static async Task<ChosenStudioList> ChooseAsync(LoadOptions options, Dataset dataset, bool isFirstLoad, CancellationToken cancellationToken)
    {
        if (options.Studios is not null || !isFirstLoad)
        {
            return new(options.Studios, options.StudiosName, null);
        }

        string? note = null;
        try
        {
            if (await ReadAsync(dataset, cancellationToken).ConfigureAwait(false) is { } lines)
            {
                return new(lines, $"{DatasetFiles.Studios} of the dataset", null);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            note = $"the dataset's list was ignored: {error.Message}";
        }

        return dataset.IsSynthetic ? new(null, null, note) : new(await StudioFile.ReadBundledAsync(cancellationToken).ConfigureAwait(false), "bundled", note);
    }

    /// <summary>Counts the studios of the published snapshot; null if there are none and nothing is to be noted.</summary>
    public async Task<StudioTotals?> CountAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        await StudioTotals.ReadAsync(connection, snapshotId, cancellationToken).ConfigureAwait(false) is { } totals
            ? totals with { ListName = Name, Note = Note }
            : Note is not null || Name is not null ? new StudioTotals(0, 0, 0) { ListName = Name, Note = Note } : null;

    /// <summary>Reads the list in a dataset; null if there is none. Throws <see cref="LedgerException"/> if it is not valid, or if there are several.</summary>
    internal static async Task<IReadOnlyList<StudioLine>?> ReadAsync(Dataset dataset, CancellationToken cancellationToken)
    {
        var files = dataset.FindOther(DatasetFiles.Studios);
        if (files.Count != 1)
        {
            return files.Count == 0 ? null : throw new LedgerException($"the dataset contains {DatasetFiles.Studios} {files.Count} times.");
        }

        var stream = files[0]();
        await using (stream.ConfigureAwait(false))
        {
            return (await StudioFile.OpenAsync(stream, DatasetFiles.Studios, cancellationToken).ConfigureAwait(false)).GetValidLines();
        }
    }
}
