using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>Picks the files of the dataset out of whatever else lies beside them.</summary>
internal static class DatasetEntries
{
    /// <summary>By their names; where none of them is the movies', by the headers of others that may be.</summary>
    /// <param name="open">Opens one of them.</param>
    /// <exception cref="LedgerException">A name occurs twice: nothing says which of the two is meant.</exception>
    public static IReadOnlyList<DatasetFile> Recognize(string displayName, IReadOnlyList<string> paths, Func<string, long> length, Func<string, Stream> open)
    {
        var files = new Dictionary<string, DatasetFile>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (DatasetFiles.Recognize(path) is { } name && !files.TryAdd(name, new DatasetFile(name, path, length(path))))
            {
                throw new LedgerException($"{displayName}: holds {name} twice, as {files[name].Path} and as {path}. Take one of them out.");
            }
        }
        foreach (var path in files.ContainsKey(DatasetFiles.Movies) ? [] : paths.Where(DatasetFiles.IsCandidate))
        {
            using var stream = open(path);
            foreach (var file in FileContent.TryRecognize(stream) is { Name: { } name } content ? DatasetFile.Create(content, name, path, length(path)) : [])
            {
                if (!files.TryAdd(file.Name, file) && file.Name != DatasetFiles.Keywords)
                {
                    throw new LedgerException($"{displayName}: holds {file.Name} twice, as {files[file.Name].Path} and as {path}. Take one of them out.");
                }
            }
        }
        return [.. files.Values];
    }

    /// <summary>Whether a path inside an archive would leave the folder that it is unpacked to.</summary>
    public static bool EscapesFolder(string path) =>
        path.StartsWith('/') || path.StartsWith('\\') || path.Contains('\0') ||
        (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0])) ||
        path.Split('/', '\\').Contains("..");
}
