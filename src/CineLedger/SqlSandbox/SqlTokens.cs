namespace CineLedger.SqlSandbox;

/// <summary>What a token is.</summary>
internal enum SqlTokenKind
{
    /// <summary>A name or a keyword without quotes.</summary>
    Word,

    /// <summary>A name in double quotes.</summary>
    QuotedName,

    /// <summary>A name in double quotes that may spell its letters as numbers: <c>U&amp;"\0061"</c>.</summary>
    UnicodeName,

    /// <summary>A text, in single quotes or between dollar signs.</summary>
    Text,

    /// <summary>A number, or one character of anything else.</summary>
    Other,
}

/// <param name="Start">Where it begins in the statement.</param>
/// <param name="End">Where the next may begin.</param>
/// <param name="Value">A name as the engine knows it, in small letters unless it was quoted; any other token as it stands.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End, string Value);

/// <summary>
/// Splits SQL into tokens as PostgreSQL's and DuckDB's scanners do (https://www.postgresql.org/docs/current/sql-syntax-lexical.html).
/// Comments are passed over.
/// </summary>
internal static class SqlTokens
{
    public static List<SqlToken> Read(string sql)
    {
        var tokens = new List<SqlToken>();
        for (var at = 0; at < sql.Length;)
        {
            var next = SkipBlank(sql, at);
            if (next > at)
            {
                at = next;
                continue;
            }

            var token = ReadOne(sql, at);
            tokens.Add(token);
            at = token.End;
        }

        return tokens;
    }

    private static SqlToken ReadOne(string sql, int at)
    {
        var letter = sql[at];
        if (letter == '\'')
        {
            return Text(sql, at, QuoteEnd(sql, at, escapes: false));
        }

        if (letter == '"')
        {
            var end = QuoteEnd(sql, at, escapes: false);
            return new(SqlTokenKind.QuotedName, at, end, sql[(at + 1)..Math.Max(at + 1, end - 1)].Replace("\"\"", "\"", StringComparison.Ordinal));
        }

        if (letter == '$' && DollarEnd(sql, at) is { } dollar)
        {
            return Text(sql, at, dollar);
        }

        if (!IsNameStart(letter))
        {
            return new(SqlTokenKind.Other, at, NumberEnd(sql, at), sql[at..NumberEnd(sql, at)]);
        }

        if (letter is 'e' or 'E' && Next(sql, at + 1) == '\'')
        {
            return Text(sql, at, QuoteEnd(sql, at + 1, escapes: true));
        }

        if (letter is 'u' or 'U' && Next(sql, at + 1) == '&' && Next(sql, at + 2) == '"')
        {
            var end = QuoteEnd(sql, at + 2, escapes: false);
            return new(SqlTokenKind.UnicodeName, at, end, sql[at..end]);
        }

        var word = at + 1;
        while (word < sql.Length && (IsNameStart(sql[word]) || char.IsAsciiDigit(sql[word]) || sql[word] == '$'))
        {
            word++;
        }

        return new(SqlTokenKind.Word, at, word, sql[at..word].ToLowerInvariant());
    }

    private static SqlToken Text(string sql, int start, int end) => new(SqlTokenKind.Text, start, end, sql[start..end]);

    /// <summary>White space and comments; those of the C kind may hold others.</summary>
    private static int SkipBlank(string sql, int at)
    {
        if (char.IsWhiteSpace(sql[at]))
        {
            return at + 1;
        }

        if (sql[at] == '-' && Next(sql, at + 1) == '-')
        {
            var end = sql.AsSpan(at).IndexOfAny('\r', '\n');
            return end < 0 ? sql.Length : at + end;
        }

        if (sql[at] != '/' || Next(sql, at + 1) != '*')
        {
            return at;
        }

        var depth = 0;
        do
        {
            var (opens, closes) = (sql[at] == '/' && Next(sql, at + 1) == '*', sql[at] == '*' && Next(sql, at + 1) == '/');
            depth += opens ? 1 : closes ? -1 : 0;
            at += opens || closes ? 2 : 1;
        }
        while (depth > 0 && at < sql.Length);

        return Math.Min(at, sql.Length);
    }

    /// <summary>Behind the closing quote; a doubled one does not close.</summary>
    private static int QuoteEnd(string sql, int at, bool escapes)
    {
        var quote = sql[at];
        for (at++; at < sql.Length; at++)
        {
            if (escapes && sql[at] == '\\')
            {
                at++;
            }
            else if (sql[at] == quote)
            {
                if (Next(sql, at + 1) != quote)
                {
                    return at + 1;
                }

                at++;
            }
        }

        return sql.Length;
    }

    /// <summary>Behind <c>$tag$ … $tag$</c>; null where none begins.</summary>
    private static int? DollarEnd(string sql, int at)
    {
        var tag = at + 1;
        while (tag < sql.Length && (IsNameStart(sql[tag]) || (tag > at + 1 && char.IsAsciiDigit(sql[tag]))))
        {
            tag++;
        }

        if (Next(sql, tag) != '$')
        {
            return null;
        }

        var mark = sql[at..(tag + 1)];
        var end = sql.IndexOf(mark, tag + 1, StringComparison.Ordinal);
        return end < 0 ? sql.Length : end + mark.Length;
    }

    private static int NumberEnd(string sql, int at)
    {
        var end = at + 1;
        while (char.IsAsciiDigit(sql[at]) && end < sql.Length && (char.IsAsciiDigit(sql[end]) || sql[end] is '.' or '_'))
        {
            end++;
        }

        return end;
    }

    private static bool IsNameStart(char letter) => char.IsAsciiLetter(letter) || letter == '_' || (letter > '\u007f' && !char.IsWhiteSpace(letter));

    private static char Next(string sql, int at) => at < sql.Length ? sql[at] : '\0';
}
