namespace CineLedger.Charts;

/// <summary>What a terminal can show.</summary>
/// <param name="Width">Cells of a line.</param>
/// <param name="IsAscii">Whether it knows no more than ASCII.</param>
/// <param name="HasColor">Whether it shows colours, and is to.</param>
public sealed record TerminalStyle(int Width, bool IsAscii, bool HasColor)
{
    /// <summary>Where no terminal is: lines that are read rather than looked at.</summary>
    public static TerminalStyle ForFiles { get; } = new(100, IsAscii: false, HasColor: false);
}
