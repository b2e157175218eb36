using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>Recognizes the files of the dataset among the files of a folder or zip.</summary>
internal static class DatasetEntries
{
    /// <summary>Recognizes files by name. If none is the movies file, other CSV and JSON files are recognized by their headers.</summary>
    /// <param name="open">Opens a file by its path.</param>
    /// <exception cref="LedgerException">A name occurs twice, so that it is unclear which file to use.</exception>
    public static IReadOnlyList<DatasetFile> Recognize(string displayName, IReadOnlyList<string> paths, Func<string, long> length, Func<string, Stream> open)
    {
        var files = new Dictionary<string, DatasetFile>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (DatasetFiles.Recognize(path) is { } name && !files.TryAdd(name, new DatasetFile(name, path, length(path))))
            {
                throw new LedgerException($"{displayName}: contains {name} twice, as {files[name].Path} and as {path}. Remove one of them.");
            }
        }
        foreach (var path in files.ContainsKey(DatasetFiles.Movies) ? [] : paths.Where(DatasetFiles.IsCandidate))
        {
            using var stream = open(path);
            foreach (var file in FileContent.TryRecognize(stream) is { Name: { } name } content ? DatasetFile.Create(content, name, path, length(path)) : [])
            {
                if (!files.TryAdd(file.Name, file) && file.Name != DatasetFiles.Keywords)
                {
                    throw new LedgerException($"{displayName}: contains {file.Name} twice, as {files[file.Name].Path} and as {path}. Remove one of them.");
                }
            }
        }
        return [.. files.Values];
    }

    /// <summary>Returns true if a path inside an archive would point outside the folder to which the archive is unpacked.</summary>
    public static bool EscapesFolder(string path) =>
        path.StartsWith('/') || path.StartsWith('\\') || path.Contains('\0') ||
        (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0])) ||
        path.Split('/', '\\').Contains("..");
}
