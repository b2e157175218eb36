using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using Npgsql;

namespace CineLedger.SqlSandbox;

/// <summary>
/// A user's statement with the views of the snapshot that it names before it, as common tables: a view would have to be made, which a
/// standby cannot.
/// </summary>
internal sealed class PostgresQuery(SqlStatement statement)
{
    private readonly string _body = statement.Explained;
    private string _views = "";

    public SqlStatement Statement => statement;

    /// <summary>Where in the body the views stand.</summary>
    private int BodyStart => statement.AfterWith ?? 0;

    /// <summary>What the server is to do with it.</summary>
    public string Prefix { get; set; } = "";

    public bool IsExplain => statement.FirstWord == "explain";

    public string Text => $"{Prefix}{_body[..BodyStart]}{_views}{_body[BodyStart..]}";

    /// <summary>Adds the views that the statement names and does not define itself.</summary>
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

    /// <summary>Whether the server stumbled over the first word of the body: it is of the wrong kind then.</summary>
    public bool IsAtStart(int position) => position == Prefix.Length + BodyStart + _views.Length + 1 && BodyStart == 0;

    /// <summary>A place that the server names, from 1, in the user's own text: line and column.</summary>
    public (int Line, int Column) Locate(int position)
    {
        var at = position - 1 - Prefix.Length;
        at = at <= BodyStart ? at : Math.Max(BodyStart, at - _views.Length);
        return statement.Locate(at + statement.Text.Length - _body.Length);
    }
}
