namespace CineLedger.Sources;

/// <summary>A dataset of a single CSV or JSON file, which is identified by its header.</summary>
internal sealed class CsvFileDataset(Original original, FileStamp stamp, FileContent content, string name, TemporaryFile? temporary) : Dataset
{
    private readonly Original _original = original;

    public override IReadOnlyList<DatasetFile> Files { get; } = DatasetFile.Create(content, name, original.Address, stamp.Length);

    internal override IReadOnlyList<Original> Originals => [_original];

    public override Stream Open(DatasetFile file) => OpenPlain(_original.Path, Address, stamp);

    /// <summary>Opens an uncompressed file and checks that its length and date are those from when the dataset was opened.</summary>
    internal static Stream OpenPlain(string path, string displayName, FileStamp stamp)
    {
        var file = FileStamp.Open(path, displayName, stamp);
        return new CheckedStream(file, new StreamChecks { DisplayName = displayName, Length = stamp.Length, File = file, Stamp = stamp });
    }

    public override async ValueTask DisposeAsync()
    {
        if (temporary is not null)
        {
            await temporary.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
