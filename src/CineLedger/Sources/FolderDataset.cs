using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>The CSV files of one folder, by name. Folders inside it are left alone: they may hold last month's files.</summary>
internal sealed class FolderDataset : Dataset
{
    private readonly Dictionary<string, FileStamp> _stamps = new(StringComparer.Ordinal);

    public override IReadOnlyList<DatasetFile> Files { get; }

    public override IReadOnlyList<string> OtherFiles { get; }

    public override bool IsSynthetic { get; }

    /// <exception cref="LedgerException">The folder cannot be listed, or holds nothing of the dataset.</exception>
    public static FolderDataset Open(string path)
    {
        try
        {
            var paths = Directory.GetFiles(path);
            Array.Sort(paths, StringComparer.Ordinal);
            var known = paths.Where(file => DatasetFiles.Recognise(file) is not null).ToDictionary(file => file, FileStamp.Of);
            return new FolderDataset(path, paths, known)
            {
                Address = path,
                Version = FileStamp.Combine(known.Select(file => (Path.GetFileName(file.Key), file.Value))),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"{path}: cannot be read. {e.Message.TrimEnd('.')}. Check the folder and its permissions.", e);
        }
    }

    private FolderDataset(string folder, string[] paths, Dictionary<string, FileStamp> known)
    {
        _stamps = known;
        Files = DatasetEntries.Recognise(folder, paths, path => known[path].Length);
        OtherFiles = [.. paths.Where(path => !known.ContainsKey(path)).Select(path => Path.GetFileName(path))];
        Originals = [.. Files.Select(file => new Original(file.Path, known[file.Path].ToString(), file.Path, known[file.Path]) { File = file })];
        IsSynthetic = paths.Any(DatasetFiles.IsSyntheticMarker);
    }

    internal override IReadOnlyList<Original> Originals { get; }

    public override Stream Open(DatasetFile file) => CsvFileDataset.OpenPlain(file.Path, file.Path, _stamps[file.Path]);
}
