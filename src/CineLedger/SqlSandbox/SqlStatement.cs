using CineLedger.Model;

namespace CineLedger.SqlSandbox;

/// <summary>
/// A user's statement and what can be told of it without an engine: good for clear messages and for a second look, never the guard
/// itself.
/// </summary>
internal sealed class SqlStatement
{
    /// <summary>What a statement that reads begins with.</summary>
    private static readonly string[] Reading =
        ["select", "with", "values", "table", "from", "(", "explain", "describe", "desc", "show", "summarize", "pivot", "unpivot"];

    private readonly List<SqlToken> _tokens;

    private SqlStatement(string text, List<SqlToken> tokens) => (Text, _tokens) = (text, tokens);

    /// <summary>Without semicolons and comments at its end.</summary>
    public string Text { get; }

    /// <summary>What it begins with, in small letters.</summary>
    public string FirstWord => _tokens[0].Value;

    /// <summary>True of what is written as a question; the engine has the last word.</summary>
    public bool IsReadLike => Reading.Contains(FirstWord);

    /// <summary>True of <c>EXPLAIN ANALYZE</c> and of <c>EXPLAIN</c> with options, which may run what it explains.</summary>
    public bool IsExplainAnalyze => FirstWord == "explain" && _tokens is [_, { Value: "analyze" or "analyse" or "(" }, ..];

    /// <summary>Behind <c>EXPLAIN</c>; the whole text of anything else.</summary>
    public string Explained => FirstWord == "explain" && _tokens.Count > 1 ? Text[_tokens[1].Start..] : Text;

    /// <summary>Where a common table of the statement's own could stand: behind <c>WITH</c> and <c>RECURSIVE</c>; null where it has none.</summary>
    public int? AfterWith => FirstWord != "with" ? null : _tokens is [_, { Value: "recursive" }, ..] ? _tokens[1].End : _tokens[0].End;

    /// <summary>True where names are spelled by the numbers of their letters.</summary>
    public bool HasUnicodeNames => _tokens.Any(token => token.Kind == SqlTokenKind.UnicodeName);

    /// <summary>Throws <see cref="UsageException"/> where there is nothing in it.</summary>
    public static SqlStatement Parse(string sql)
    {
        var tokens = SqlTokenizer.Split(sql);
        while (tokens is [.., { Kind: SqlTokenKind.Other, Value: ";" }])
        {
            tokens.RemoveAt(tokens.Count - 1);
        }

        while (tokens is [{ Kind: SqlTokenKind.Other, Value: ";" }, ..])
        {
            tokens.RemoveAt(0);
        }

        if (tokens.Count == 0)
        {
            throw new UsageException("there is no SQL to run: write cineledger sql \"SELECT …\" (cineledger sql --schema shows the tables).");
        }

        return sql.Contains('\0', StringComparison.Ordinal)
            ? throw new UsageException("the SQL holds a NUL character: take it out.")
            : Create(sql[tokens[0].Start..tokens[^1].End], tokens);
    }

    /// <summary>The names before an opening parenthesis: calls of functions, and a few words more.</summary>
    public IEnumerable<string> FindCalls() => FindCalls(_tokens);

    /// <summary>The same of any text in SQL.</summary>
    public static IEnumerable<string> FindCalls(string sql) => FindCalls(SqlTokenizer.Split(sql));

    /// <summary>True where a name stands anywhere.</summary>
    public bool ContainsName(string name) => _tokens.Any(token => IsName(token) && token.Value == name);

    /// <summary>True where the statement makes a common table of that name: <c>name AS (</c>, <c>name (columns) AS (</c>.</summary>
    public bool DefinesTable(string name)
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (IsName(_tokens[i]) && _tokens[i].Value == name)
            {
                var next = i + 1;
                if (next < _tokens.Count && _tokens[next].Value == "(")
                {
                    next = _tokens.FindIndex(next, token => token.Value == ")") + 1;
                }

                if (next > 0 && next + 1 < _tokens.Count && _tokens[next].Value == "as" && _tokens[next + 1].Value is "(" or "materialized" or "not")
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A place in the text as people count: line and column, both from 1.</summary>
    public (int Line, int Column) Locate(int position)
    {
        var before = Text.AsSpan(0, Math.Clamp(position, 0, Text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    private static SqlStatement Create(string text, List<SqlToken> tokens)
    {
        var start = tokens[0].Start;
        return new(text, tokens.ConvertAll(token => token with { Start = token.Start - start, End = token.End - start }));
    }

    private static IEnumerable<string> FindCalls(List<SqlToken> tokens) =>
        from pair in tokens.Zip(tokens.Skip(1))
        where IsName(pair.First) && pair.Second is { Kind: SqlTokenKind.Other, Value: "(" }
        select pair.First.Value;

    private static bool IsName(SqlToken token) => token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;
}
