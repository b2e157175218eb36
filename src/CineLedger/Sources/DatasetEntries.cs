using CineLedger.Model;
using CineLedger.Sources.Kinds;

namespace CineLedger.Sources;

/// <summary>Recognizes the files of the dataset among the files of a folder or zip.</summary>
/// <param name="displayName">The folder or zip, for messages.</param>
/// <param name="length">Returns the length of a file by its path.</param>
/// <param name="open">Opens a file by its path.</param>
/// <param name="cancellationToken">Cancels the recognition, which reads the beginning of each file that may belong to the dataset.</param>
internal sealed class DatasetEntries(string displayName, Func<string, long> length, Func<string, Stream> open, CancellationToken cancellationToken)
{
    /// <summary>The number of bytes by which a file with one of the dataset's names is checked. It is small, because a good dataset does not need the check.</summary>
    private const int CheckedLength = 4096;

    /// <summary>The number of other files that are examined when the movies are missing.</summary>
    private const int MaxOthers = 100;

    private readonly Dictionary<string, DatasetFile> _files = new(StringComparer.Ordinal);

    public IReadOnlyList<DatasetFile> Files => [.. _files.Values];

    /// <summary>Describes the file that was probably given in place of the missing movies; null if there is none.</summary>
    public LedgerException? Refusal { get; private set; }

    /// <summary>Returns true if a path inside an archive would point outside the folder to which the archive is unpacked.</summary>
    public static bool EscapesFolder(string path) =>
        path.StartsWith('/') || path.StartsWith('\\') || path.Contains('\0') ||
        (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0])) ||
        path.Split('/', '\\').Contains("..");

    /// <summary>Recognizes files by name. If none is the movies file, other CSV and JSON files are recognized by their headers.</summary>
    /// <exception cref="LedgerException">A name occurs twice, so that it is unclear which file to use.</exception>
    public DatasetEntries Recognize(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            if (DatasetFiles.Recognize(path) is { } name)
            {
                var head = ReadHead(path, CheckedLength);
                var isGzip = head is { IsGzip: true };
                Add(new DatasetFile(name, path, isGzip ? null : length(path))
                {
                    IsGzip = isGzip,
                    Refusal = head is null ? null : FileContent.FindMistake(head, GetDisplayName(path)),
                });
            }
        }

        foreach (var path in _files.ContainsKey(DatasetFiles.Movies) ? [] : paths.Where(DatasetFiles.IsCandidate))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stream = open(path);
            var content = FileContent.TryRecognize(stream, GetDisplayName(path), out var refusal);
            foreach (var file in content is { Name: { } name } ? DatasetFile.Create(content, name, path, length(path)) : [])
            {
                if (file.Name != DatasetFiles.Keywords || !_files.ContainsKey(file.Name))
                {
                    Add(file);
                }
            }

            Refusal ??= refusal;
        }

        Refusal = _files.ContainsKey(DatasetFiles.Movies) ? null : Refusal ?? FindRefusal(paths.Where(path => DatasetFiles.Recognize(path) is null).Take(MaxOthers));
        return this;
    }

    private void Add(DatasetFile file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            throw new LedgerException($"{displayName}: contains {file.Name} twice, as {_files[file.Name].Path} and as {file.Path}. Remove one of them.");
        }
    }

    /// <summary>Finds the file of a known kind that was most probably meant: the one whose kind is first in the table.</summary>
    private LedgerException? FindRefusal(IEnumerable<string> paths)
    {
        var best = (Rank: int.MaxValue, Error: (LedgerException?)null);
        foreach (var path in paths)
        {
            if (ReadHead(path, FileContent.HeadLength) is { } head && FileKinds.FindIndex(head) is { } rank && rank < best.Rank)
            {
                best = (rank, FileKinds.All[rank].CreateException(GetDisplayName(path), head));
            }
        }

        return best.Error;
    }

    /// <summary>Reads the head of a file; null if it is empty or unreadable, which is reported when it is opened.</summary>
    private FileHead? ReadHead(string path, int maxLength)
    {
        try
        {
            if (path.EndsWith('/') || length(path) == 0)
            {
                return null;
            }

            using var stream = open(path);
            return FileContent.ReadHead(stream, maxLength);
        }
        catch (Exception e) when (e is LedgerException or IOException or InvalidDataException or NotSupportedException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string GetDisplayName(string path) => path.StartsWith(displayName, StringComparison.Ordinal) ? path : $"{displayName}: {path}";
}
