using System.Data.Common;
using System.Text;

namespace CineLedger.Storage.Reading;

/// <summary>Reads rows for export to files: texts as UTF-8 without a copy, columns by position only.</summary>
internal abstract class RowReader : ForwardOnlyReader
{
    /// <summary>Returns the bytes of a text, valid until the next row.</summary>
    public abstract ReadOnlySpan<byte> GetUtf8(int ordinal);

    /// <summary>Returns the bytes of a text of any reader, valid until the next row.</summary>
    public static ReadOnlySpan<byte> GetUtf8(DbDataReader row, int ordinal) => row is RowReader reader ? reader.GetUtf8(ordinal) : Encoding.UTF8.GetBytes(row.GetString(ordinal));

    public override string GetString(int ordinal) => Encoding.UTF8.GetString(GetUtf8(ordinal));

    public override bool HasRows => throw new NotSupportedException();

    public override object this[string name] => throw new NotSupportedException();

    public override bool GetBoolean(int ordinal) => throw new NotSupportedException();

    public override DateTime GetDateTime(int ordinal) => throw new NotSupportedException();

    public override string GetName(int ordinal) => throw new NotSupportedException();

    public override int GetOrdinal(string name) => throw new NotSupportedException();

    public override string GetDataTypeName(int ordinal) => throw new NotSupportedException();

    public override Type GetFieldType(int ordinal) => throw new NotSupportedException();

    public override int GetValues(object[] values) => throw new NotSupportedException();
}
