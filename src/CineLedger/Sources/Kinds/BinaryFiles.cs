namespace CineLedger.Sources.Kinds;

/// <summary>Signatures at the start of binary files that are not plain text, or longer than one signature.</summary>
internal static class BinaryFiles
{
    /// <summary>The compound files of Office up to 2003: <c>.xls</c>, <c>.doc</c>.</summary>
    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private const int ZipHeaderLength = 30;

    public static byte[] SevenZip { get; } = [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C];

    public static byte[] Zstandard { get; } = [0x28, 0xB5, 0x2F, 0xFD];

    /// <summary>An old office document, or a zip whose first entry is a part of a newer one.</summary>
    public static bool IsOfficeDocument(FileHead head) => head.StartsWith(CompoundFile)
        || (head.IsZip
            && (head.HasBytes(ZipHeaderLength, "[Content_Types].xml"u8) || head.HasBytes(ZipHeaderLength, "_rels/"u8) || head.HasBytes(ZipHeaderLength, "docProps/"u8)
                || head.HasBytes(ZipHeaderLength, "xl/"u8) || head.HasBytes(ZipHeaderLength, "mimetypeapplication/vnd.oasis"u8)));
}
