using Microsoft.Win32.SafeHandles;

namespace CineLedger.Cli;

/// <summary>Recognizes a file that standard input was redirected from: <c>cineledger load &lt; dataset.zip</c>.</summary>
internal static class StandardInputFile
{
    /// <summary>
    /// Whether standard input is a file that is not empty. A pipe does not count, because nothing tells an empty one, as jobs of cron have, from one whose data is still to
    /// come; a terminal and <c>/dev/null</c> do not either.
    /// </summary>
    public static bool HasContent()
    {
        if (OperatingSystem.IsWindows() || !Console.IsInputRedirected)
        {
            return false;
        }

        try
        {
            using var input = new SafeFileHandle(0, ownsHandle: false);
            return RandomAccess.GetLength(input) > 0;
        }
        catch (Exception error) when (error is IOException or NotSupportedException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
