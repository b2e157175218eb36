namespace CineLedger.Charts;

/// <summary>What a terminal can show.</summary>
/// <param name="Width">Cells of a line.</param>
/// <param name="Ascii">Whether it knows no more than ASCII.</param>
/// <param name="Colour">Whether it shows colours, and is to.</param>
public sealed record TerminalStyle(int Width, bool Ascii, bool Colour)
{
    /// <summary>Where no terminal is: lines that are read rather than looked at.</summary>
    public static TerminalStyle File { get; } = new(100, Ascii: false, Colour: false);
}
