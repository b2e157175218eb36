using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>The dataset's files in one folder. Subfolders are ignored, since they may contain last month's files.</summary>
internal sealed class FolderDataset : Dataset
{
    private readonly Dictionary<string, FileStamp> _stamps = new(StringComparer.Ordinal);

    public override IReadOnlyList<DatasetFile> Files { get; }

    public override IReadOnlyList<string> OtherFiles { get; }

    public override bool IsSynthetic { get; }

    /// <exception cref="LedgerException">The folder cannot be read, or contains a file of the dataset twice.</exception>
    public static FolderDataset Open(string path, CancellationToken cancellationToken)
    {
        try
        {
            var paths = Directory.GetFiles(path);
            Array.Sort(paths, StringComparer.Ordinal);
            var known = paths.Where(file => DatasetFiles.Recognize(file) is not null || DatasetFiles.IsCandidate(file)).ToDictionary(file => file, FileStamp.Create);
            var recognized = new DatasetEntries(path, file => GetStamp(file).Length, file => FileStamp.Open(file, file), cancellationToken).Recognize(paths);
            var files = recognized.Files;
            return new FolderDataset(paths, known, files, recognized.Refusal)
            {
                Address = path,
                Version = FileStamp.Combine(files.Select(file => file.Path).Distinct().Select(file => (Path.GetFileName(file), known[file]))),
            };

            FileStamp GetStamp(string file) => known.TryGetValue(file, out var stamp) ? stamp : FileStamp.Create(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"{path}: cannot be read. {e.Message.TrimEnd('.')}. Check the folder and its permissions.", e);
        }
    }

    private FolderDataset(string[] paths, Dictionary<string, FileStamp> known, IReadOnlyList<DatasetFile> files, LedgerException? refusal)
    {
        _stamps = known;
        Refusal = refusal;
        Files = files;
        OtherFiles = [.. paths.Where(path => !files.Any(file => file.Path == path)).Select(path => Path.GetFileName(path))];
        Originals = [.. files.DistinctBy(file => file.Path)
            .Select(file => new Original(file.Path, known[file.Path].ToString(), file.Path, known[file.Path]) { File = file })];
        IsSynthetic = paths.Any(DatasetFiles.IsSyntheticMarker);
    }

    internal override IReadOnlyList<Original> Originals { get; }

    internal override LedgerException? Refusal { get; }

    internal override IEnumerable<Func<Stream>> FindOtherFiles(string name) =>
        _stamps.Where(file => DatasetFiles.IsNamed(file.Key, name)).Select(file => (Func<Stream>)(() => CsvFileDataset.OpenPlain(file.Key, file.Key, file.Value)));

    public override Stream Open(DatasetFile file) => CsvFileDataset.OpenPlain(file.Path, file.Path, _stamps[file.Path]);
}
