using System.Text;
using CineLedger.Model;
using CineLedger.Storage.Reading;

namespace CineLedger.Reports.Yearly;

/// <summary>The rows of a yearly report as they are added up, one at a time: the columns of <see cref="ReportSql.Columns"/>.</summary>
internal abstract class YearRows(IReadOnlyList<Column> columns) : RowReader
{
    private readonly string[] _columns = [.. columns.Select(column => column.Name)];
    private readonly Cell[] _cells = [.. columns.Select(column => CellOf(column.Name))];
    private bool _closed;

    private enum Cell
    {
        Year,
        Company,
        Genre,
        Rank,
        Releases,
        CompanyReleases,
        Budget,
        Revenue,
        Profit,
        MatchedProfit,
        Popularity,
        BudgetKnown,
        RevenueKnown,
        ProfitKnown,
    }

    public sealed override int FieldCount => _cells.Length;

    public sealed override bool IsClosed => _closed;

    /// <summary>What the row is of.</summary>
    protected int Year { get; set; }

    /// <summary>What its films come to.</summary>
    protected ref YearTotals Totals => ref _totals;
    private YearTotals _totals;

    /// <summary>Adds a film of <see cref="Year"/> to the totals of a name.</summary>
    protected void Add(ref YearTotals totals, in YearlyFilm film, ReadOnlySpan<byte> name)
    {
        try
        {
            totals.Add(in film);
        }
        catch (OverflowException error)
        {
            throw new LedgerException(
                $"the amounts of {Encoding.UTF8.GetString(name)} in {Year} add up to more than 64 bits hold: look for films of that year whose budget or revenue cannot be.", error);
        }
    }

    protected virtual ReadOnlySpan<byte> Company => throw Lacks(Cell.Company);

    protected virtual ReadOnlySpan<byte> Genre => throw Lacks(Cell.Genre);

    protected virtual int Rank => throw Lacks(Cell.Rank);

    protected virtual int CompanyReleases => throw Lacks(Cell.CompanyReleases);

    public sealed override bool IsDBNull(int ordinal) => _cells[ordinal] switch
    {
        Cell.Budget => _totals.BudgetKnown == 0,
        Cell.Revenue => _totals.RevenueKnown == 0,
        Cell.Profit => _totals.BudgetKnown + _totals.RevenueKnown == 0,
        Cell.MatchedProfit => _totals.ProfitKnown == 0,
        Cell.Popularity => _totals.Popularity is null,
        _ => false,
    };

    public sealed override long GetInt64(int ordinal) => _cells[ordinal] switch
    {
        Cell.Year => Year,
        Cell.Rank => Rank,
        Cell.Releases => _totals.Releases,
        Cell.CompanyReleases => CompanyReleases,
        Cell.Budget => _totals.Budget,
        Cell.Revenue => _totals.Revenue,
        Cell.Profit => _totals.Profit,
        Cell.MatchedProfit => _totals.MatchedProfit,
        Cell.BudgetKnown => _totals.BudgetKnown,
        Cell.RevenueKnown => _totals.RevenueKnown,
        Cell.ProfitKnown => _totals.ProfitKnown,
        var cell => throw new InvalidCastException($"{cell} is no whole number"),
    };

    public sealed override double GetDouble(int ordinal) => _cells[ordinal] == Cell.Popularity
        ? _totals.Popularity!.Value
        : throw new InvalidCastException($"{_columns[ordinal]} is no double");

    public sealed override ReadOnlySpan<byte> GetUtf8(int ordinal) => _cells[ordinal] switch
    {
        Cell.Company => Company,
        Cell.Genre => Genre,
        var cell => throw new InvalidCastException($"{cell} is no text"),
    };

    public sealed override object GetValue(int ordinal) => _cells[ordinal] switch
    {
        _ when IsDBNull(ordinal) => DBNull.Value,
        Cell.Company or Cell.Genre => GetString(ordinal),
        Cell.Popularity => GetDouble(ordinal),
        _ => GetInt64(ordinal),
    };

    public sealed override Task<bool> ReadAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<bool>(cancellationToken) : Task.FromResult(Read());

    public sealed override void Close() => _closed = true;

    private static Cell CellOf(string column) => column switch
    {
        "year" => Cell.Year,
        "company" => Cell.Company,
        "genre" => Cell.Genre,
        "rank" => Cell.Rank,
        "releases" => Cell.Releases,
        "company_releases" => Cell.CompanyReleases,
        "budget" => Cell.Budget,
        "revenue" => Cell.Revenue,
        "profit" => Cell.Profit,
        "matched_profit" => Cell.MatchedProfit,
        "popularity" => Cell.Popularity,
        "budget_known" => Cell.BudgetKnown,
        "revenue_known" => Cell.RevenueKnown,
        "profit_known" => Cell.ProfitKnown,
        _ => throw new NotSupportedException($"no yearly report has a column {column}"),
    };

    private static InvalidOperationException Lacks(Cell cell) => new($"this report has no {cell}");
}
