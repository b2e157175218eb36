using CineLedger.Reports;
using DuckDB.NET.Native;

namespace CineLedger.SqlSandbox;

/// <summary>How a column of any of DuckDB's types is asked for, so that its values are of the few that results are made of.</summary>
/// <param name="Expression">What is asked for.</param>
/// <param name="AsItIs">True where that is the column itself.</param>
internal sealed record DuckDbShape(Column Column, string Expression, bool AsItIs)
{
    /// <param name="name">The column's name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="at">The name under which its value is had.</param>
    public static DuckDbShape Of(string name, DuckDBType type, string at) => type switch
    {
        DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt => new(new(name, AdHocSql.WholeOf(name)), at, true),
        DuckDBType.Varchar => new(new(name, ColumnKind.Text), at, true),
        DuckDBType.Boolean => new(new(name, ColumnKind.Boolean), at, true),
        DuckDBType.Double => new(new(name, ColumnKind.Number), at, true),
        DuckDBType.Timestamp => new(new(name, ColumnKind.Time), at, true),
        DuckDBType.UnsignedTinyInt or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedInteger =>
            new(new(name, AdHocSql.WholeOf(name)), $"CAST({at} AS BIGINT)", false),

        // By its text: 0.1 in 32 bits is 0.1, not the double next to it.
        DuckDBType.Float => new(new(name, ColumnKind.Number), $"CAST(CAST({at} AS VARCHAR) AS DOUBLE)", false),
        DuckDBType.TimestampS or DuckDBType.TimestampMs or DuckDBType.TimestampNs or DuckDBType.TimestampTz =>
            new(new(name, ColumnKind.Time), $"CAST({at} AS TIMESTAMP)", false),
        DuckDBType.Date => new(new(name, ColumnKind.Date), AsText(at), false),
        DuckDBType.UnsignedBigInt or DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt or DuckDBType.Decimal or DuckDBType.VarInt =>
            new(new(name, ColumnKind.Exact), AsText(at), false),
        DuckDBType.List or DuckDBType.Array or DuckDBType.Struct or DuckDBType.Map => new(new(name, ColumnKind.Text), AsText($"to_json({at})"), false),

        // As PostgreSQL writes it.
        DuckDBType.Blob => new(new(name, ColumnKind.Text), $"'\\x' || LOWER(HEX({at}))", false),
        _ => new(new(name, ColumnKind.Text), AsText(at), false),
    };

    private static string AsText(string expression) => $"CAST({expression} AS VARCHAR)";
}
