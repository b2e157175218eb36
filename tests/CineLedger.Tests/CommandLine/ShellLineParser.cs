using System.Text;

namespace CineLedger.Tests.CommandLine;

/// <summary>Splits a line of a shell into words, as far as examples need it: quotes, and the end of the command at a redirection or a pipe.</summary>
public static class ShellLineParser
{
    public static string[] Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char? quote = null;
        foreach (var letter in line)
        {
            if (quote is null && letter is '<' or '>' or '|' or '&' && (word is null || word.Length == 0))
            {
                break;
            }

            if (quote is null ? letter is '"' or '\'' : letter == quote)
            {
                (quote, word) = (quote is null ? letter : null, word ?? new());
            }
            else if (quote is null && letter == ' ')
            {
                words.AddRange(word is null ? [] : [word.ToString()]);
                word = null;
            }
            else
            {
                (word ??= new()).Append(letter);
            }
        }

        words.AddRange(word is null ? [] : [word.ToString()]);
        return [.. words];
    }
}
