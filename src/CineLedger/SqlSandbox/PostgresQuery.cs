using CineLedger.Reports.Views;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using Npgsql;

namespace CineLedger.SqlSandbox;

/// <summary>
/// A user's statement, prefixed with the snapshot views that it names as common tables: a standby cannot create views.
/// </summary>
internal sealed class PostgresQuery(SqlStatement statement)
{
    private readonly string _text = statement.ExplainedText;
    private string _views = "";

    public SqlStatement Statement => statement;

    /// <summary>The position in the body where the views are inserted.</summary>
    private int BodyStart => statement.AfterWith ?? 0;

    /// <summary>The command that precedes the query, such as EXPLAIN.</summary>
    public string Prefix { get; set; } = "";

    public bool IsExplain => statement.FirstWord == "explain";

    public string Text => $"{Prefix}{_text[..BodyStart]}{_views}{_text[BodyStart..]}";

    /// <summary>Adds the views that the statement names but does not define.</summary>
    public async Task AddViewsAsync(PostgresLedger ledger, NpgsqlConnection connection, int snapshotId, CancellationToken cancellationToken)
    {
        var views = (await SnapshotViews.ReadAsync(ledger, cancellationToken).ConfigureAwait(false))
            .Where(view => statement.ContainsName(view.Name) && !statement.DefinesTable(view.Name)).ToList();
        if (views.Count > 0)
        {
            var schema = await connection.ExecuteScalarAsync("SELECT QUOTE_IDENT(CURRENT_SCHEMA())", cancellationToken).ConfigureAwait(false);
            var tables = string.Join(", ", views.Select(view => $"{view.Name} AS NOT MATERIALIZED ({view.BuildSql(snapshotId, $"{schema}.")})"));
            _views = statement.AfterWith is null ? $"WITH {tables}\n" : $" {tables}, ";
        }
    }

    /// <summary>Returns whether an error is at the first word of the body, which means that the statement is not a query.</summary>
    public bool IsAtStart(int position) => position == Prefix.Length + BodyStart + _views.Length + 1 && BodyStart == 0;

    /// <summary>Maps a one-based position from the server to line and column of the user's text.</summary>
    public (int Line, int Column) Locate(int position)
    {
        var at = position - 1 - Prefix.Length;
        at = at <= BodyStart ? at : Math.Max(BodyStart, at - _views.Length);
        return statement.Locate(at + statement.Text.Length - _text.Length);
    }
}
