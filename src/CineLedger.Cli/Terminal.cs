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

    /// <summary>Whether the locale says that no more than ASCII can be shown. A file, and a locale that says nothing, take UTF-8.</summary>
    public static bool IsAscii => Locale is { } locale
        && !locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) && !locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase);

    /// <summary>Colours are for terminals whose user has not said otherwise (https://no-color.org).</summary>
    public static bool ShowsColor => !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null);

    /// <summary>What POSIX goes by for characters: the first of the three that is set.</summary>
    private static string? Locale => ((string[])["LC_ALL", "LC_CTYPE", "LANG"])
        .Select(Environment.GetEnvironmentVariable)
        .FirstOrDefault(value => !string.IsNullOrEmpty(value));

    /// <summary>Writes lines to standard output in UTF-8, of which ASCII is a part.</summary>
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
            // The reader, `head` for one, has seen enough.
        }
    }

    public static bool IsClosedPipe(IOException error) => error.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase);
}
