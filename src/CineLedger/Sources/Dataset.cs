namespace CineLedger.Sources;

/// <summary>
/// A dataset at hand: named streams that can be opened again and again. Where the place itself cannot be read twice
/// (standard input, HTTP) it has been copied to a temporary file, which <see cref="DisposeAsync"/> deletes.
/// </summary>
public abstract class Dataset : IAsyncDisposable
{
    /// <summary>The address as given, without credentials.</summary>
    public required string Address { get; init; }

    /// <summary>What tells this version from another (ETag, date, length); null where the place does not say.</summary>
    public string? Version { get; init; }

    /// <summary>True where the dataset marks itself as generated (see <see cref="DatasetFiles.SyntheticMarker"/>).</summary>
    public virtual bool IsSynthetic => false;

    /// <summary>The files of the dataset, by plain file name (<c>movies_metadata.csv</c>), whatever folder they lie in.</summary>
    public abstract IReadOnlyList<DatasetFile> Files { get; }

    /// <summary>Opens one of <see cref="Files"/> from its start. Read errors (a wrong checksum, a truncated archive) throw
    /// <see cref="Model.LedgerException"/> with the place in it, at the latest at the end of the stream.</summary>
    public abstract Stream Open(DatasetFile file);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <param name="Name">Plain file name in lower case: <c>movies_metadata.csv</c>.</param>
/// <param name="Path">Where it lies in the place: the zip entry's full name, the file's path.</param>
/// <param name="Length">Bytes when read; null where not known beforehand.</param>
public sealed record DatasetFile(string Name, string Path, long? Length);
