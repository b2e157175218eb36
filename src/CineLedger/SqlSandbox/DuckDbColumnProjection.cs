using CineLedger.Reports;
using DuckDB.NET.Native;

namespace CineLedger.SqlSandbox;

/// <summary>Projects a column of any DuckDB type to one of the few types that results support.</summary>
/// <param name="Expression">The expression to select.</param>
/// <param name="IsUnchanged">Whether the expression is the column itself.</param>
internal sealed record DuckDbColumnProjection(Column Column, string Expression, bool IsUnchanged)
{
    /// <param name="name">The column's name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="reference">The name that its value is selected by.</param>
    public static DuckDbColumnProjection Create(string name, DuckDBType type, string reference) => type switch
    {
        DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt => new(new(name, AdHocSql.GetIntegerKind(name)), reference, true),
        DuckDBType.Varchar => new(new(name, ColumnKind.Text), reference, true),
        DuckDBType.Boolean => new(new(name, ColumnKind.Boolean), reference, true),
        DuckDBType.Double => new(new(name, ColumnKind.Number), reference, true),
        DuckDBType.Timestamp => new(new(name, ColumnKind.Time), reference, true),
        DuckDBType.UnsignedTinyInt or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedInteger =>
            new(new(name, AdHocSql.GetIntegerKind(name)), $"CAST({reference} AS BIGINT)", false),

        // Converted through text: a 32-bit 0.1 becomes 0.1, not the double nearest to the 32-bit value.
        DuckDBType.Float => new(new(name, ColumnKind.Number), $"CAST(CAST({reference} AS VARCHAR) AS DOUBLE)", false),
        DuckDBType.TimestampS or DuckDBType.TimestampMs or DuckDBType.TimestampNs or DuckDBType.TimestampTz =>
            new(new(name, ColumnKind.Time), $"CAST({reference} AS TIMESTAMP)", false),
        DuckDBType.Date => new(new(name, ColumnKind.Date), CastToText(reference), false),
        DuckDBType.UnsignedBigInt or DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt or DuckDBType.Decimal or DuckDBType.VarInt =>
            new(new(name, ColumnKind.Exact), CastToText(reference), false),
        DuckDBType.List or DuckDBType.Array or DuckDBType.Struct or DuckDBType.Map => new(new(name, ColumnKind.Text), CastToText($"to_json({reference})"), false),

        // In PostgreSQL's format.
        DuckDBType.Blob => new(new(name, ColumnKind.Text), $"'\\x' || LOWER(HEX({reference}))", false),
        _ => new(new(name, ColumnKind.Text), CastToText(reference), false),
    };

    private static string CastToText(string expression) => $"CAST({expression} AS VARCHAR)";
}
