using System.Globalization;

namespace CineLedger.Cli;

/// <summary>What is known of the terminal, if there is one.</summary>
internal static class Terminal
{
    /// <summary>Characters a line on standard output can hold; null where it is no terminal and there is no limit.</summary>
    public static int? Width
    {
        get
        {
            if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out var columns) && columns > 0)
            {
                return columns;
            }

            return Console.IsOutputRedirected || Console.WindowWidth <= 0 ? null : Console.WindowWidth;
        }
    }

    /// <summary>Progress is for people at a terminal: a log file wants none.</summary>
    public static bool ShowsProgress => !Console.IsErrorRedirected;

    public static bool IsClosedPipe(IOException error) => error.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase);
}
