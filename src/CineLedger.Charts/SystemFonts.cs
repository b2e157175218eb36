using SkiaSharp;

namespace CineLedger.Charts;

/// <summary>
/// The fonts of the machine. The Skia that CineLedger brings to Linux does without fontconfig, which containers lack, and so sees no
/// fonts there by itself: the usual folders are looked through, in the order of their names, once a character needs it.
/// </summary>
internal sealed class SystemFonts : IDisposable
{
    private readonly List<SKTypeface> _open = [];
    private readonly IEnumerator<string> _files = EnumerateFiles().GetEnumerator();

    /// <summary>A font that has the character; null where none has.</summary>
    public SKTypeface? Find(int character)
    {
        if (_open.Find(open => ChartFont.HasGlyph(open, character)) is { } known)
        {
            return known;
        }

        if (!OperatingSystem.IsLinux())
        {
            return SKFontManager.Default.MatchCharacter(character) is { } matched ? KeepOpen(matched) : null;
        }

        while (_files.MoveNext())
        {
            if (SKTypeface.FromFile(_files.Current) is { } typeface && ChartFont.HasGlyph(KeepOpen(typeface), character))
            {
                return typeface;
            }
        }

        return null;
    }

    public void Dispose()
    {
        _files.Dispose();
        _open.ForEach(typeface => typeface.Dispose());
    }

    private static IEnumerable<string> EnumerateFiles()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] folders = ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(home, ".local/share/fonts"), Path.Combine(home, ".fonts")];
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };

        // Those with Regular in their names first: a bold or slanted face among upright letters looks like emphasis.
        return folders
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", options))
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".ttf" or ".otf" or ".ttc")
            .OrderByDescending(file => file.Contains("Regular", StringComparison.OrdinalIgnoreCase))
            .ThenBy(file => file, StringComparer.Ordinal);
    }

    private SKTypeface KeepOpen(SKTypeface typeface)
    {
        _open.Add(typeface);
        return typeface;
    }
}
