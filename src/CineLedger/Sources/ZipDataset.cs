using System.IO.Compression;
using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>
/// A zip, read in place and never unpacked to disk. Each stream uses its own ZipArchive, which is not safe for concurrent readers and opens quickly.
/// </summary>
internal sealed class ZipDataset : Dataset
{
    private readonly Original _original;
    private readonly FileStamp _stamp;
    private readonly TemporaryFile? _temporary;

    public override IReadOnlyList<DatasetFile> Files { get; }

    public override IReadOnlyList<string> OtherFiles { get; }

    public override bool IsSynthetic { get; }

    internal override LedgerException? Refusal { get; }

    /// <exception cref="LedgerException">The zip is cut off or damaged, an entry points outside the archive, or a name occurs twice.</exception>
    public static async Task<ZipDataset> OpenAsync(
        Original original, FileStamp stamp, TemporaryFile? temporary, CancellationToken cancellationToken)
    {
        var (path, displayName) = (original.Path, original.Address);
        await using var file = FileStamp.Open(path, displayName, stamp);
        try
        {
            await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, null, cancellationToken);
            return new ZipDataset(original, stamp, displayName, [.. archive.Entries], temporary, cancellationToken)
            {
                Address = displayName,
                Origin = original.Origin,
                Version = original.Version,
            };
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw CreateDamagedException(displayName, file, stamp, e);
        }
    }

    private ZipDataset(Original original, FileStamp stamp, string displayName, ZipArchiveEntry[] entries, TemporaryFile? temporary, CancellationToken cancellationToken)
    {
        (_original, _stamp, _temporary) = (original, stamp, temporary);
        // Nothing is unpacked here, but such an archive is probably malicious, so none of its content is trusted.
        if (Array.Find(entries, entry => DatasetEntries.EscapesFolder(entry.FullName)) is { } climber)
        {
            throw new LedgerException($"{displayName}: the entry {climber.FullName} points outside the archive; refused. " +
                                      "Get the zip from a source that you trust.");
        }
        var names = Array.ConvertAll(entries, entry => entry.FullName);
        var byName = entries.DistinctBy(entry => entry.FullName).ToDictionary(entry => entry.FullName);
        var recognized = new DatasetEntries(displayName, name => byName[name].Length, name => byName[name].Open(), cancellationToken).Recognize(names);
        Files = recognized.Files;
        Refusal = recognized.Refusal;
        OtherFiles = [.. names.Where(name => !name.EndsWith('/') && !Files.Any(file => file.Path == name))];
        IsSynthetic = names.Any(DatasetFiles.IsSyntheticMarker);
    }

    internal override IReadOnlyList<Original> Originals => [_original];

    public override Stream Open(DatasetFile file)
    {
        var displayName = $"{Address}: {file.Path}";
        var zip = FileStamp.Open(_original.Path, Address, _stamp);
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
            var entry = archive.GetEntry(file.Path) ?? throw new InvalidDataException("the entry is missing");
            if (entry.IsEncrypted)
            {
                throw new LedgerException($"{displayName}: encrypted. Zip it again without a password.");
            }

            var checks = new StreamChecks
            {
                DisplayName = displayName,
                Length = entry.Length,
                Crc32 = entry.Crc32,
                PackedLength = entry.CompressedLength,
                File = zip,
                Stamp = _stamp,
            };
            return new CheckedStream(entry.Open(), checks, archive, zip);
        }
        catch (Exception e)
        {
            var error = IsDamage(e) ? CreateDamagedException(displayName, zip, _stamp, e) : null;
            archive?.Dispose();
            zip.Dispose();
            if (error is not null)
            {
                throw error;
            }

            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_temporary is not null)
        {
            await _temporary.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    /// <summary>Returns true for the exceptions that ZipArchive throws for damaged files. Their type depends on the invalid field.</summary>
    private static bool IsDamage(Exception e) =>
        e is InvalidDataException or IOException or ArgumentException or OverflowException or NotSupportedException;

    private static LedgerException CreateDamagedException(string displayName, FileStream zip, FileStamp stamp, Exception e)
    {
        if (FileStamp.Create(zip.SafeFileHandle) != stamp)
        {
            return FileStamp.CreateChangedException(displayName, e);
        }

        // The runtime has no exception type for an unsupported compression method, so the message is checked. If its text changes, the general message still applies.
        return e is InvalidDataException && e.Message.Contains("compress", StringComparison.OrdinalIgnoreCase)
            ? new LedgerException($"{displayName}: {e.Message.TrimEnd('.')}. Zip it again with the deflate method.", e)
            : new LedgerException($"{displayName}: a zip that is cut off or damaged ({stamp.Length} bytes: {e.Message.TrimEnd('.')}). " +
                                  "Copy or download it again.", e);
    }
}
