using CineLedger.Storage.Reading;

namespace CineLedger.Reports.InMemory;

/// <summary>Reads the rows of a report while they are computed.</summary>
internal sealed class ReportRows(IReadOnlyList<Column> columns, ReportMovies movies, IEnumerable<ReportRow> rows) : RowReader
{
    private static readonly Dictionary<string, Func<ReportRow, long?>> Numbers = new()
    {
        ["year"] = row => row.Year,
        ["rank"] = row => row.Rank,
        ["releases"] = row => row.Releases,
        ["company_releases"] = row => row.End - row.Start,
        ["budget"] = row => row.Totals.Budget.Value,
        ["revenue"] = row => row.Totals.Revenue.Value,
        ["profit"] = row => row.Totals.Profit,
        ["matched_profit"] = row => row.Totals.MatchedProfit.Value,
        ["popularity"] = row => row.Totals.Popularity is { } mean ? BitConverter.DoubleToInt64Bits(mean) : null,
        ["budget_known"] = row => row.Totals.Budget.Known,
        ["revenue_known"] = row => row.Totals.Revenue.Known,
        ["profit_known"] = row => row.Totals.MatchedProfit.Known,
    };

    private readonly Func<ReportRow, long?>?[] _numbers = [.. columns.Select(column => column.Kind == ColumnKind.Text ? null : Numbers[column.Name])];
    private readonly IEnumerator<ReportRow> _rows = rows.GetEnumerator();

    public override int FieldCount => columns.Count;

    public override bool IsClosed => throw new NotSupportedException();

    public override bool Read() => _rows.MoveNext();

    public override bool IsDBNull(int ordinal) => _numbers[ordinal] is { } number && number(_rows.Current) is null;

    public override long GetInt64(int ordinal) => _numbers[ordinal]!(_rows.Current)!.Value;

    public override double GetDouble(int ordinal) => BitConverter.Int64BitsToDouble(GetInt64(ordinal));

    public override ReadOnlySpan<byte> GetUtf8(int ordinal) =>
        columns[ordinal].Name == "company" ? movies.Companies[_rows.Current.Company] : movies.Genres[_rows.Current.Genre];

    public override object GetValue(int ordinal) => throw new NotSupportedException();
}
