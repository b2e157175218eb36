using CineLedger.Model;
using CineLedger.Sources.Decoding;

namespace CineLedger.Sources;

/// <summary>
/// An opened dataset: named streams that can be opened repeatedly and concurrently. A source that can be read only once (standard input, HTTP) is copied to a
/// temporary file, which <see cref="DisposeAsync"/> deletes.
/// </summary>
public abstract class Dataset : IAsyncDisposable
{
    private readonly List<(FileInterpretation File, TextStream Text)> _interpretations = [];

    /// <summary>The address as given, without credentials; <c>standard input</c> for <c>-</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Distinguishes this version from others (ETag, date, length); null if the source states none.</summary>
    public string? Version { get; init; }

    /// <summary>True if the dataset is marked as generated (see <see cref="DatasetFiles.SyntheticMarker"/>).</summary>
    public virtual bool IsSynthetic => false;

    /// <summary>The recognized files, by plain file name (<c>movies_metadata.csv</c>), regardless of their folder. Names are unique.</summary>
    public abstract IReadOnlyList<DatasetFile> Files { get; }

    /// <summary>The paths of all other files, for error messages that list what was found.</summary>
    public virtual IReadOnlyList<string> OtherFiles => [];

    /// <summary>Where the data comes from. Differs from <see cref="Address"/> if the dataset is read from an archive or from a temporary file.</summary>
    public string Source => Origin ?? Address;

    /// <summary>How the files are read, in the order in which their headers were read. Complete when a load has read all files.</summary>
    public IReadOnlyList<FileInterpretation> Interpretations
    {
        get
        {
            lock (_interpretations)
            {
                return [.. _interpretations.Select(known => known.File with { Encoding = known.Text.EncodingName })];
            }
        }
    }

    internal string? Origin { get; init; }

    /// <summary>The options with which the dataset was opened.</summary>
    internal SourceOptions Options { get; set; } = SourceOptions.Default;

    /// <summary>The files as their supplier published them; empty if there are none.</summary>
    internal virtual IReadOnlyList<Original> Originals => [];

    /// <summary>Describes a file of another kind that was probably given in place of the movies; null if there is none, or if the dataset has movies.</summary>
    internal virtual LedgerException? Refusal => null;

    /// <summary>Returns the parts of one of <see cref="Files"/> in reading order: the file itself, or several parts with their own names.</summary>
    public virtual IReadOnlyList<DatasetFile> GetParts(DatasetFile file) => [file];

    /// <summary>Opens one of <see cref="Files"/>, or one of its parts, at the start. Read errors (a wrong checksum, a truncated archive) throw
    /// <see cref="LedgerException"/> with the file's location, at the latest at the end of the stream.</summary>
    public abstract Stream Open(DatasetFile file);

    /// <summary>Opens a file like <see cref="Open"/>, decompressed and as UTF-8.</summary>
    internal TextStream OpenText(DatasetFile file)
    {
        return new TextStream(OpenUnpacked(), GetDisplayName(file), OpenUnpacked, Options.Encoding);

        Stream OpenUnpacked() => file.IsGzip ? new GunzipStream(Open(file), GetDisplayName(file), Options.MaxBytes) : Open(file);
    }

    /// <summary>Returns the file with the given name (<see cref="DatasetFiles"/>), or null if the dataset does not contain it.</summary>
    /// <exception cref="LedgerException">The file is of another kind than its name says.</exception>
    public DatasetFile? Find(string name) => Files.FirstOrDefault(file => file.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) switch
    {
        { Refusal: { } refusal } => throw refusal,
        var file => file,
    };

    /// <summary>Returns the file with the given name, which must exist and must not be empty.</summary>
    /// <exception cref="LedgerException">The file is missing, empty or of another kind. The message says what was found instead.</exception>
    public DatasetFile GetRequired(string name) => Find(name) switch
    {
        null when name == DatasetFiles.Movies && Refusal is { } refusal => throw refusal,
        null when name == DatasetFiles.Movies && Files.Any(file => DatasetFiles.IsFromMovieLens(file.Name)) =>
            throw new LedgerException(
                $"{Address}: no {name} found{DescribeContent()}. MovieLens' files hold ratings and links but no movies with dates and amounts: " +
                $"give them together with {name}, or with --only ratings if the ledger has movies."),
        null => throw new LedgerException($"{Address}: no {name} found{DescribeContent()}. Give a source that contains {name}."),
        { Length: 0 } empty => throw new LedgerException($"{Address}: {empty.Path} is empty (0 bytes). Get the dataset again."),
        var file => file,
    };

    /// <summary>Returns functions that open the files of a name that is not one of the dataset's own, as UTF-8.</summary>
    internal IReadOnlyList<Func<Stream>> FindOther(string name) =>
        [.. FindOtherFiles(name).Select(open => (Func<Stream>)(() => new TextStream(open(), $"{Address}: {name}", open, Options.Encoding)))];

    /// <summary>Returns functions that open the files of <see cref="OtherFiles"/> with a name.</summary>
    internal virtual IEnumerable<Func<Stream>> FindOtherFiles(string name) =>
        OtherFiles.Where(path => DatasetFiles.IsNamed(path, name)).Select(path => (Func<Stream>)(() => Open(new DatasetFile(name, path, null))));

    /// <summary>Returns the location of a file for messages: <c>movies.zip: movies_metadata.csv</c>.</summary>
    public virtual string GetDisplayName(DatasetFile file) =>
        file.Path.StartsWith(Address, StringComparison.Ordinal) ? file.Path : $"{Address}: {file.Path}";

    /// <summary>Records how a file is read, once its header has been read. A file may be opened again.</summary>
    /// <param name="file">The file, except for its encoding.</param>
    /// <param name="text">Its text, which shows the encoding when it has been read.</param>
    internal void AddInterpretation(FileInterpretation file, TextStream text)
    {
        lock (_interpretations)
        {
            var index = _interpretations.FindIndex(known => (known.File.Name, known.File.Path) == (file.Name, file.Path));
            if (index >= 0)
            {
                _interpretations[index] = (file, text);
            }
            else
            {
                _interpretations.Add((file, text));
            }
        }
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private string DescribeContent()
    {
        const int maxShown = 10;
        List<string> paths = [.. Files.Select(file => file.Path), .. OtherFiles];
        var more = paths.Count > maxShown ? $" and {paths.Count - maxShown} more" : "";
        return paths.Count == 0 ? ", nor any other file" : $"; the source contains {string.Join(", ", paths.Take(maxShown))}{more}";
    }
}

/// <param name="Name">Plain file name in lower case: <c>movies_metadata.csv</c>.</param>
/// <param name="Path">The location in the dataset: the zip entry's full name, or the file's path.</param>
/// <param name="Length">The uncompressed length in bytes; null if it is not known in advance.</param>
public sealed record DatasetFile(string Name, string Path, long? Length)
{
    /// <summary>True for JSON with one movie per line, false for CSV.</summary>
    public bool IsJson { get; init; }

    /// <summary>True for a file that is compressed with gzip.</summary>
    public bool IsGzip { get; init; }

    /// <summary>The error about a file that has one of the dataset's names but is of another kind; null for a file that may be what its name says.</summary>
    internal LedgerException? Refusal { get; init; }

    /// <summary>True if the file contains the columns of two of the dataset's files, so that readers of each must expect columns of the other.</summary>
    public bool IsShared { get; init; }

    /// <summary>Returns the dataset's files for one physical file: a movies file with a keywords column is also the keywords file.</summary>
    internal static IReadOnlyList<DatasetFile> Create(FileContent content, string name, string path, long? length)
    {
        var file = new DatasetFile(name, path, content.IsGzip ? null : length) { IsJson = content.IsJson, IsGzip = content.IsGzip, IsShared = content.HasKeywords };
        return content.HasKeywords ? [file, file with { Name = DatasetFiles.Keywords }] : [file];
    }
}
