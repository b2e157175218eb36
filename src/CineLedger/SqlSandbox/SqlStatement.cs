using CineLedger.Model;

namespace CineLedger.SqlSandbox;

/// <summary>
/// A user's statement, analyzed without an engine. The analysis serves clear messages and an additional check, never as the only protection.
/// </summary>
internal sealed class SqlStatement
{
    /// <summary>The first words of statements that read.</summary>
    private static readonly string[] Reading =
        ["select", "with", "values", "table", "from", "(", "explain", "describe", "desc", "show", "summarize", "pivot", "unpivot"];

    private readonly List<SqlToken> _tokens;

    private SqlStatement(string text, List<SqlToken> tokens) => (Text, _tokens) = (text, tokens);

    /// <summary>Gets the text without leading or trailing semicolons and comments.</summary>
    public string Text { get; }

    /// <summary>Gets the first word in lower case.</summary>
    public string FirstWord => _tokens[0].Value;

    /// <summary>Gets whether the statement looks like a query; the engine decides.</summary>
    public bool IsReadLike => Reading.Contains(FirstWord);

    /// <summary>Gets whether this is <c>EXPLAIN ANALYZE</c> or <c>EXPLAIN</c> with options, which may run the statement.</summary>
    public bool IsExplainAnalyze => FirstWord == "explain" && _tokens is [_, { Value: "analyze" or "analyse" or "(" }, ..];

    /// <summary>Gets the text after <c>EXPLAIN</c>, or the whole text without it.</summary>
    public string ExplainedText => FirstWord == "explain" && _tokens.Count > 1 ? Text[_tokens[_tokens is [_, { Value: "verbose" }, _, ..] ? 2 : 1].Start..] : Text;

    /// <summary>Gets the position after <c>WITH</c> and <c>RECURSIVE</c>, where a common table can be inserted; null without WITH.</summary>
    public int? AfterWith => FirstWord != "with" ? null : _tokens is [_, { Value: "recursive" }, ..] ? _tokens[1].End : _tokens[0].End;

    /// <summary>Gets whether the statement contains Unicode-escaped names.</summary>
    public bool HasUnicodeNames => _tokens.Any(token => token.Kind == SqlTokenKind.UnicodeName);

    /// <summary>Parses the statement. Throws <see cref="UsageException"/> when it is empty.</summary>
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
            throw new UsageException("there is no SQL to run: use cineledger sql \"SELECT …\" (cineledger sql --schema shows the tables).");
        }

        return sql.Contains('\0', StringComparison.Ordinal)
            ? throw new UsageException("the SQL contains a NUL character: remove it.")
            : Create(sql[tokens[0].Start..tokens[^1].End], tokens);
    }

    /// <summary>Throws <see cref="UsageException"/> if a name contains an invisible character, which an engine may ignore.</summary>
    public void CheckCharacters()
    {
        foreach (var token in _tokens.Where(token => token.Kind != SqlTokenKind.Text))
        {
            if (token.Value.FirstOrDefault(IsInvisible) is not '\0' and var letter)
            {
                throw new UsageException($"the SQL contains the invisible character U+{(int)letter:X4}: remove it.");
            }
        }
    }

    /// <summary>Returns the names before an opening parenthesis in lower case: function calls and a few keywords.</summary>
    public IEnumerable<string> FindCalls() => FindCalls(_tokens);

    /// <summary>
    /// Returns everything that could name a table, in lower case: also texts, which DuckDB accepts as names. Engines compare names regardless of their
    /// case, also in quotes.
    /// </summary>
    public IEnumerable<string> FindNames() => _tokens.Where(token => IsName(token) || token.Kind == SqlTokenKind.Text)
        .Select(token => string.Concat(token.Value.Trim('\'').Where(letter => !IsInvisible(letter))).ToLowerInvariant());

    /// <summary>Returns the same for any SQL text.</summary>
    public static IEnumerable<string> FindCalls(string sql) => FindCalls(SqlTokenizer.Split(sql));

    /// <summary>Returns whether a name occurs anywhere.</summary>
    public bool ContainsName(string name) => _tokens.Any(token => IsName(token) && token.Value == name);

    /// <summary>Returns whether a name follows FROM, JOIN or a comma, as that of a table does.</summary>
    public bool ReadsTable(string name) =>
        _tokens.Zip(_tokens.Skip(1)).Any(pair => IsName(pair.Second) && pair.Second.Value == name && pair.First.Value is "from" or "join" or ",") && !DefinesTable(name);

    /// <summary>Returns whether the statement defines a common table of this name: <c>name AS (</c>, <c>name (columns) AS (</c>.</summary>
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

    /// <summary>Converts a position in the text to line and column, both one-based.</summary>
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
        select pair.First.Value.ToLowerInvariant();

    private static bool IsInvisible(char letter) => char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.Format;

    private static bool IsName(SqlToken token) => token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;
}
