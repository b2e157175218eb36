using System.Globalization;

namespace CineLedger.Cli;

/// <summary>Capabilities of the terminal, if there is one.</summary>
internal static class Terminal
{
    /// <summary>Width of standard output in characters; null when it is not a terminal, so there is no limit.</summary>
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

    /// <summary>Whether to show progress: only on a terminal, not in a log file.</summary>
    public static bool ShowsProgress => !Console.IsErrorRedirected;

    /// <summary>Whether the locale limits output to ASCII. Without a locale, the output is UTF-8.</summary>
    public static bool IsAscii => Locale is { } locale
        && !locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) && !locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether to use colors: only on a terminal, and not if the user turned them off (https://no-color.org).</summary>
    public static bool ShowsColor => !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null);

    /// <summary>The locale that determines the character set in POSIX: the first of the three variables that is set.</summary>
    private static string? Locale => ((string[])["LC_ALL", "LC_CTYPE", "LANG"])
        .Select(Environment.GetEnvironmentVariable)
        .FirstOrDefault(value => !string.IsNullOrEmpty(value));

    /// <summary>Writes lines to standard output in UTF-8.</summary>
    public static Task WriteAsync(IEnumerable<string> lines, CancellationToken cancellationToken) =>
        WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\n"))), cancellationToken);

    /// <summary>Writes UTF-8 text to standard output.</summary>
    public static async Task WriteAsync(byte[] text, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
        try
        {
            await output.WriteAsync(text, cancellationToken);
        }
        catch (IOException error) when (IsClosedPipe(error))
        {
            // The reading program, such as `head`, has closed the pipe.
        }
    }

    public static bool IsClosedPipe(IOException error) => error.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase);
}
