using CineLedger.Storage.Reading;

namespace CineLedger.Reports;

/// <summary>Reads rows whose values are accessed by the kinds of their columns.</summary>
internal abstract class ResultReader(IReadOnlyList<Column> columns) : ForwardOnlyReader
{
    public IReadOnlyList<Column> Columns => columns;

    public override int FieldCount => columns.Count;

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override object GetValue(int ordinal) => IsDBNull(ordinal)
        ? DBNull.Value
        : columns[ordinal].Kind switch
        {
            ColumnKind.Integer or ColumnKind.Identifier => GetInt64(ordinal),
            ColumnKind.Number => GetDouble(ordinal),
            ColumnKind.Boolean => GetBoolean(ordinal),
            ColumnKind.Time => GetDateTime(ordinal),
            _ => GetString(ordinal),
        };

    public override string GetName(int ordinal) => columns[ordinal].Name;

    public override int GetOrdinal(string name) => columns.Select(column => column.Name).ToList().IndexOf(name);

    public override string GetDataTypeName(int ordinal) => columns[ordinal].Kind.ToString();

    public override Type GetFieldType(int ordinal) => columns[ordinal].Kind switch
    {
        ColumnKind.Integer or ColumnKind.Identifier => typeof(long),
        ColumnKind.Number => typeof(double),
        ColumnKind.Boolean => typeof(bool),
        ColumnKind.Time => typeof(DateTime),
        _ => typeof(string),
    };

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }
}
