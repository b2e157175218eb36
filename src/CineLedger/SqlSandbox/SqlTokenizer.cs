namespace CineLedger.SqlSandbox;

/// <summary>The kind of a token.</summary>
internal enum SqlTokenKind
{
    /// <summary>A name or a keyword without quotes.</summary>
    Word,

    /// <summary>A name in double quotes.</summary>
    QuotedName,

    /// <summary>A name in double quotes with Unicode escapes: <c>U&amp;"\0061"</c>.</summary>
    UnicodeName,

    /// <summary>A string in single quotes or dollar quotes.</summary>
    Text,

    /// <summary>A number or any other single character.</summary>
    Other,
}

/// <param name="Start">Its start in the statement.</param>
/// <param name="End">The position after its last character.</param>
/// <param name="Value">A name as the engine resolves it, in lower case unless quoted; any other token unchanged.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End, string Value);

/// <summary>
/// Splits SQL into tokens as PostgreSQL's and DuckDB's scanners do (https://www.postgresql.org/docs/current/sql-syntax-lexical.html).
/// Comments are skipped.
/// </summary>
internal static class SqlTokenizer
{
    public static List<SqlToken> Split(string sql)
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

            var token = ReadToken(sql, at);
            tokens.Add(token);
            at = token.End;
        }

        return tokens;
    }

    private static SqlToken ReadToken(string sql, int position)
    {
        var letter = sql[position];
        if (letter == '\'')
        {
            return CreateToken(sql, position, FindQuoteEnd(sql, position, escapes: false));
        }

        if (letter == '"')
        {
            var end = FindQuoteEnd(sql, position, escapes: false);
            return new(SqlTokenKind.QuotedName, position, end, sql[(position + 1)..Math.Max(position + 1, end - 1)].Replace("\"\"", "\"", StringComparison.Ordinal));
        }

        if (letter == '$' && FindDollarEnd(sql, position) is { } dollar)
        {
            return CreateToken(sql, position, dollar);
        }

        if (!IsNameStart(letter))
        {
            return new(SqlTokenKind.Other, position, FindNumberEnd(sql, position), sql[position..FindNumberEnd(sql, position)]);
        }

        if (letter is 'e' or 'E' && PeekAfter(sql, position + 1) == '\'')
        {
            return CreateToken(sql, position, FindQuoteEnd(sql, position + 1, escapes: true));
        }

        if (letter is 'u' or 'U' && PeekAfter(sql, position + 1) == '&' && PeekAfter(sql, position + 2) == '"')
        {
            var end = FindQuoteEnd(sql, position + 2, escapes: false);
            return new(SqlTokenKind.UnicodeName, position, end, sql[position..end]);
        }

        var word = position + 1;
        while (word < sql.Length && (IsNameStart(sql[word]) || char.IsAsciiDigit(sql[word]) || sql[word] == '$'))
        {
            word++;
        }

        return new(SqlTokenKind.Word, position, word, sql[position..word].ToLowerInvariant());
    }

    private static SqlToken CreateToken(string sql, int start, int end) => new(SqlTokenKind.Text, start, end, sql[start..end]);

    /// <summary>Skips white space and comments. C-style comments may be nested.</summary>
    private static int SkipBlank(string sql, int position)
    {
        if (char.IsWhiteSpace(sql[position]))
        {
            return position + 1;
        }

        if (sql[position] == '-' && PeekAfter(sql, position + 1) == '-')
        {
            var end = sql.AsSpan(position).IndexOfAny('\r', '\n');
            return end < 0 ? sql.Length : position + end;
        }

        if (sql[position] != '/' || PeekAfter(sql, position + 1) != '*')
        {
            return position;
        }

        var depth = 0;
        do
        {
            var (opens, closes) = (sql[position] == '/' && PeekAfter(sql, position + 1) == '*', sql[position] == '*' && PeekAfter(sql, position + 1) == '/');
            depth += opens ? 1 : closes ? -1 : 0;
            position += opens || closes ? 2 : 1;
        }
        while (depth > 0 && position < sql.Length);

        return Math.Min(position, sql.Length);
    }

    /// <summary>Returns the position after the closing quote; a doubled quote does not close.</summary>
    private static int FindQuoteEnd(string sql, int position, bool escapes)
    {
        var quote = sql[position];
        for (position++; position < sql.Length; position++)
        {
            if (escapes && sql[position] == '\\')
            {
                position++;
            }
            else if (sql[position] == quote)
            {
                if (PeekAfter(sql, position + 1) != quote)
                {
                    return position + 1;
                }

                position++;
            }
        }

        return sql.Length;
    }

    /// <summary>Returns the position after <c>$tag$ … $tag$</c>; null when no dollar quote begins here.</summary>
    private static int? FindDollarEnd(string sql, int position)
    {
        var tag = position + 1;
        while (tag < sql.Length && (IsNameStart(sql[tag]) || (tag > position + 1 && char.IsAsciiDigit(sql[tag]))))
        {
            tag++;
        }

        if (PeekAfter(sql, tag) != '$')
        {
            return null;
        }

        var mark = sql[position..(tag + 1)];
        var end = sql.IndexOf(mark, tag + 1, StringComparison.Ordinal);
        return end < 0 ? sql.Length : end + mark.Length;
    }

    private static int FindNumberEnd(string sql, int position)
    {
        var end = position + 1;
        while (char.IsAsciiDigit(sql[position]) && end < sql.Length && (char.IsAsciiDigit(sql[end]) || sql[end] is '.' or '_'))
        {
            end++;
        }

        return end;
    }

    private static bool IsNameStart(char letter) => char.IsAsciiLetter(letter) || letter == '_' || (letter > '\u007f' && !char.IsWhiteSpace(letter));

    private static char PeekAfter(string sql, int position) => position < sql.Length ? sql[position] : '\0';
}
