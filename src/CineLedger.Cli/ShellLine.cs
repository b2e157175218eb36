using System.Text;

namespace CineLedger.Cli;

/// <summary>Splits the beginning of a command line, up to the cursor, into words.</summary>
internal static class ShellLine
{
    /// <summary>Returns the words without quotes and escapes. The last one is the word at the cursor; it is empty after a space.</summary>
    /// <param name="line">The text before the cursor.</param>
    /// <param name="escape">The character that takes away the meaning of the next one: a backslash, or a backtick in PowerShell.</param>
    public static IReadOnlyList<string> Split(string line, char escape)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (letter == escape && quote != '\'' && i + 1 < line.Length)
            {
                word.Append(line[++i]);
            }
            else if (quote == '\0' ? letter is '"' or '\'' : letter == quote)
            {
                quote = quote == '\0' ? letter : '\0';
            }
            else if (quote == '\0' && letter == ' ')
            {
                if (i > 0 && line[i - 1] != ' ')
                {
                    words.Add(word.ToString());
                }

                word.Clear();
            }
            else
            {
                word.Append(letter);
            }
        }

        return [.. words, word.ToString()];
    }
}
