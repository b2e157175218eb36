using SkiaSharp;

namespace CineLedger.Charts;

/// <summary>
/// The system fonts. On Linux, the bundled Skia is built without fontconfig, because containers lack it, and so finds no fonts. The standard
/// folders are searched instead, in the order of file names, when a character requires it.
/// </summary>
internal sealed class SystemFonts : IDisposable
{
    private readonly List<SKTypeface> _open = [];
    private readonly IEnumerator<string> _files = EnumerateFiles().GetEnumerator();

    /// <summary>Returns a font that has the character, or null.</summary>
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

        // Prefers files with Regular in their names: a bold or slanted face would look like emphasis.
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
