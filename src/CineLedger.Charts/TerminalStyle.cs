namespace CineLedger.Charts;

/// <summary>Capabilities of a terminal.</summary>
/// <param name="Width">Width of a line in cells.</param>
/// <param name="IsAscii">Whether it is limited to ASCII.</param>
/// <param name="HasColor">Whether to use colors.</param>
public sealed record TerminalStyle(int Width, bool IsAscii, bool HasColor)
{
    /// <summary>The style for files and pipes.</summary>
    public static TerminalStyle ForFiles { get; } = new(100, IsAscii: false, HasColor: false);
}
