using System.Text;
using SkiaSharp;

namespace CineLedger.Charts;

/// <summary>
/// The font of images: the bundled Noto Sans, so that images are the same on every machine, even on one without fonts. For characters
/// that it lacks, the first system font that has them is used.
/// </summary>
internal sealed class ChartFont : IDisposable
{
    private readonly SKTypeface _embedded = LoadEmbedded();
    private readonly Dictionary<int, SKTypeface> _others = [];
    private readonly Lazy<SystemFonts> _system = new(() => new SystemFonts());

    public static SKFont CreateFont(SKTypeface typeface, double size, bool bold) =>
        new(typeface, (float)size) { Subpixel = true, Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None, Embolden = bold };

    public static bool HasGlyph(SKTypeface typeface, int character)
    {
        using var font = new SKFont(typeface);
        return font.ContainsGlyph(character);
    }

    /// <summary>Returns the width of a line of text in pixels.</summary>
    public double Measure(string text, double size, bool bold)
    {
        var width = 0.0;
        foreach (var (run, typeface) in SplitRuns(text))
        {
            using var font = CreateFont(typeface, size, bold);
            width += font.MeasureText(run);
        }

        return width;
    }

    /// <summary>Splits a text into runs, each covered by one font.</summary>
    public IEnumerable<(string Run, SKTypeface Typeface)> SplitRuns(string text)
    {
        var run = new StringBuilder();
        SKTypeface? last = null;
        foreach (var rune in text.EnumerateRunes())
        {
            // Keeps a space in the same run as the word before it.
            var typeface = last is not null && Rune.IsWhiteSpace(rune) && HasGlyph(last, rune.Value) ? last : FindFont(rune.Value);
            if (last is not null && typeface != last)
            {
                yield return (run.ToString(), last);
                run.Clear();
            }

            last = typeface;
            run.Append(rune);
        }

        if (last is not null)
        {
            yield return (run.ToString(), last);
        }
    }

    public void Dispose()
    {
        _embedded.Dispose();
        if (_system.IsValueCreated)
        {
            _system.Value.Dispose();
        }
    }

    private static SKTypeface LoadEmbedded()
    {
        using var file = typeof(ChartFont).Assembly.GetManifestResourceStream("fonts/NotoSans-Regular.ttf")!;
        using var data = SKData.Create(file);
        return SKTypeface.FromData(data);
    }

    private SKTypeface FindFont(int character)
    {
        if (HasGlyph(_embedded, character))
        {
            return _embedded;
        }

        if (!_others.TryGetValue(character, out var other))
        {
            _others.Add(character, other = _system.Value.Find(character) ?? _embedded);
        }

        return other;
    }
}
