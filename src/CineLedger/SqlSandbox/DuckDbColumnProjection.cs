using CineLedger.Reports;
using DuckDB.NET.Native;

namespace CineLedger.SqlSandbox;

/// <summary>How a column of any of DuckDB's types is asked for, so that its values are of the few that results are made of.</summary>
/// <param name="Expression">What is asked for.</param>
/// <param name="IsUnchanged">True where that is the column itself.</param>
internal sealed record DuckDbColumnProjection(Column Column, string Expression, bool IsUnchanged)
{
    /// <param name="name">The column's name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="reference">The name under which its value is had.</param>
    public static DuckDbColumnProjection Create(string name, DuckDBType type, string reference) => type switch
    {
        DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt => new(new(name, AdHocSql.GetIntegerKind(name)), reference, true),
        DuckDBType.Varchar => new(new(name, ColumnKind.Text), reference, true),
        DuckDBType.Boolean => new(new(name, ColumnKind.Boolean), reference, true),
        DuckDBType.Double => new(new(name, ColumnKind.Number), reference, true),
        DuckDBType.Timestamp => new(new(name, ColumnKind.Time), reference, true),
        DuckDBType.UnsignedTinyInt or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedInteger =>
            new(new(name, AdHocSql.GetIntegerKind(name)), $"CAST({reference} AS BIGINT)", false),

        // By its text: 0.1 in 32 bits is 0.1, not the double next to it.
        DuckDBType.Float => new(new(name, ColumnKind.Number), $"CAST(CAST({reference} AS VARCHAR) AS DOUBLE)", false),
        DuckDBType.TimestampS or DuckDBType.TimestampMs or DuckDBType.TimestampNs or DuckDBType.TimestampTz =>
            new(new(name, ColumnKind.Time), $"CAST({reference} AS TIMESTAMP)", false),
        DuckDBType.Date => new(new(name, ColumnKind.Date), CastToText(reference), false),
        DuckDBType.UnsignedBigInt or DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt or DuckDBType.Decimal or DuckDBType.VarInt =>
            new(new(name, ColumnKind.Exact), CastToText(reference), false),
        DuckDBType.List or DuckDBType.Array or DuckDBType.Struct or DuckDBType.Map => new(new(name, ColumnKind.Text), CastToText($"to_json({reference})"), false),

        // As PostgreSQL writes it.
        DuckDBType.Blob => new(new(name, ColumnKind.Text), $"'\\x' || LOWER(HEX({reference}))", false),
        _ => new(new(name, ColumnKind.Text), CastToText(reference), false),
    };

    private static string CastToText(string expression) => $"CAST({expression} AS VARCHAR)";
}
