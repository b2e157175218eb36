using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>
/// A dataset at hand: named streams that can be opened again and again, also several at a time. Where the place itself
/// cannot be read twice (standard input, HTTP) it has been copied to a temporary file, which <see cref="DisposeAsync"/> deletes.
/// </summary>
public abstract class Dataset : IAsyncDisposable
{
    /// <summary>The address as given, without credentials; <c>standard input</c> for <c>-</c>.</summary>
    public required string Address { get; init; }

    /// <summary>What tells this version from another (ETag, date, length); null where the place does not say.</summary>
    public string? Version { get; init; }

    /// <summary>True where the dataset marks itself as generated (see <see cref="DatasetFiles.SyntheticMarker"/>).</summary>
    public virtual bool IsSynthetic => false;

    /// <summary>The files that were recognised, by plain file name (<c>movies_metadata.csv</c>), whatever folder they lie in.
    /// Each name stands once.</summary>
    public abstract IReadOnlyList<DatasetFile> Files { get; }

    /// <summary>Whatever else lies in the place, by its path there; only for telling the user what was found instead.</summary>
    public virtual IReadOnlyList<string> OtherFiles => [];

    /// <summary>Where the data comes from: another place than <see cref="Address"/> where it is read from an archive.</summary>
    public string Source => Origin ?? Address;

    internal string? Origin { get; init; }

    /// <summary>The files as their supplier publishes them; none where the place has no such thing.</summary>
    internal virtual IReadOnlyList<Original> Originals => [];

    /// <summary>What one of <see cref="Files"/> is made of, in the order in which it is to be read: itself, or parts with names of their own.</summary>
    public virtual IReadOnlyList<DatasetFile> GetParts(DatasetFile file) => [file];

    /// <summary>Opens one of <see cref="Files"/>, or of its parts where it has some, from its start. Read errors (a wrong checksum, a truncated archive) throw
    /// <see cref="LedgerException"/> with the place in it, at the latest at the end of the stream.</summary>
    public abstract Stream Open(DatasetFile file);

    /// <summary>The file of that name (<see cref="DatasetFiles"/>), or null where the dataset does not hold it.</summary>
    public DatasetFile? Find(string name) =>
        Files.FirstOrDefault(file => file.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The file of that name, which must be there and not empty.</summary>
    /// <exception cref="LedgerException">It is not, or it has no bytes; the message says what is there instead.</exception>
    public DatasetFile Require(string name) => Find(name) switch
    {
        null => throw new LedgerException($"{Address}: no {name} in it{DescribeContent()}. Give a place that holds {name}."),
        { Length: 0 } empty => throw new LedgerException($"{Address}: {empty.Path} is empty (0 bytes). Get the dataset again."),
        var file => file,
    };

    /// <summary>Where a file of this dataset lies, for messages: <c>movies.zip: movies_metadata.csv</c>.</summary>
    public virtual string GetDisplayName(DatasetFile file) =>
        file.Path.StartsWith(Address, StringComparison.Ordinal) ? file.Path : $"{Address}: {file.Path}";

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private string DescribeContent()
    {
        const int displayName = 10;
        List<string> paths = [.. Files.Select(file => file.Path), .. OtherFiles];
        var more = paths.Count > displayName ? $" and {paths.Count - displayName} more" : "";
        return paths.Count == 0 ? ", nor any other file" : $"; it holds {string.Join(", ", paths.Take(displayName))}{more}";
    }
}

/// <param name="Name">Plain file name in lower case: <c>movies_metadata.csv</c>.</param>
/// <param name="Path">Where it lies in the place: the zip entry's full name, the file's path.</param>
/// <param name="Length">Bytes when read; null where not known beforehand.</param>
public sealed record DatasetFile(string Name, string Path, long? Length)
{
    /// <summary>Whether it is JSON, one movie a line, rather than CSV.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether its columns are of two of the dataset's files, so that each finds the other's in it.</summary>
    public bool IsShared { get; init; }

    /// <summary>The files of the dataset that one file is: movies with a column of keywords are keywords too.</summary>
    internal static IReadOnlyList<DatasetFile> Create(FileContent content, string name, string path, long? length)
    {
        var file = new DatasetFile(name, path, length) { IsJson = content.IsJson, IsShared = content.HasKeywords };
        return content.HasKeywords ? [file, file with { Name = DatasetFiles.Keywords }] : [file];
    }
}
