using CineLedger.Model;
using CineLedger.SqlSandbox;

namespace CineLedger.Tests.SqlSandbox;

/// <summary>Tests the parsing of statements, which needs no engine.</summary>
public sealed class SqlStatementTests
{
    [Theory]
    [InlineData("f(1), \"G\" (2), h/* ( */(3), -- i(4)\n j.k(5)", "f,g,h,k")]
    [InlineData("'f(1)' || $$g(2)$$ || $a$ h(3) $$ $a$ || E'\\'i(4)' || k(5)", "k")]
    [InlineData("/* /* f(1) */ g(2) */ h(3)", "h")]
    [InlineData("FROM \"a\"\"b(\"(1)", "a\"b(")]
    [InlineData("PG_SLEEP (1)", "pg_sleep")]
    [InlineData("$1(2), 1.5(3), a$b$c(4)", "a$b$c")]
    public void Names_before_parentheses_are_function_calls(string sql, string calls) => Assert.Equal(calls, string.Join(',', SqlStatement.FindCalls(sql)));

    [Theory]
    [InlineData("WITH m AS (SELECT 1) SELECT 1", true)]
    [InlineData("WITH x AS (SELECT 1), \"m\" (a, b) AS MATERIALIZED (SELECT 1, 2) SELECT 1", true)]
    [InlineData("SELECT m AS x FROM m", false)]
    [InlineData("SELECT 'm AS (' FROM x", false)]
    public void A_common_table_is_known_by_its_name(string sql, bool defined) => Assert.Equal(defined, SqlStatement.Parse(sql).DefinesTable("m"));

    [Theory]
    [InlineData("SELECT 1 ; -- end", "SELECT 1")]
    [InlineData(";;SELECT ';';;", "SELECT ';'")]
    public void Leading_and_trailing_semicolons_and_comments_are_removed(string sql, string text) => Assert.Equal(text, SqlStatement.Parse(sql).Text);

    [Theory]
    [InlineData("")]
    [InlineData(" ;; /* x */ -- y")]
    public void An_empty_text_is_not_a_statement(string sql) => Assert.Throws<UsageException>(() => SqlStatement.Parse(sql));
}
