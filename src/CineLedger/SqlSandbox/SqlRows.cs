using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage.Reading;

namespace CineLedger.SqlSandbox;

/// <summary>
/// The rows of a user's statement, within the limits on rows and time, with one-line errors. Text from the engine is parsed according to the
/// column's kind. Disposing calls <c>close</c> with whether the statement was read to its end.
/// </summary>
internal sealed class SqlRows(
    DbDataReader inner, IReadOnlyList<Column> columns, SqlLimits limits, StatementTimeout clock, Func<Exception, LedgerException> explain, Func<bool, ValueTask> close)
    : ForwardOnlyReader
{
    private long _rows;
    private bool _ended;

    public IReadOnlyList<Column> Columns => columns;

    /// <summary>Gets whether the statement has more rows than the limit. Valid once all rows are read.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Gets whether the engine returns every value as text.</summary>
    public bool IsAllText { get; init; }

    /// <summary>Gets a function that opens the next batch of rows and returns null after the last; null when the engine does not use batches.</summary>
    public Func<Task<DbDataReader?>>? NextBatch { get; init; }

    public override int FieldCount => columns.Count;

    public override bool HasRows => inner.HasRows;

    public override bool IsClosed => inner.IsClosed;

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!await inner.ReadAsync(clock.Token).ConfigureAwait(false))
            {
                if (NextBatch is null || await NextBatch().ConfigureAwait(false) is not { } next)
                {
                    _ended = true;
                    return false;
                }

                inner = next;
            }

            IsTruncated = limits.MaxRows > 0 && ++_rows > limits.MaxRows;
            _ended = IsTruncated;
            return !IsTruncated;
        }
        catch (Exception error) when (error is DbException or OperationCanceledException)
        {
            throw Explain(error, clock, explain);
        }
    }

    /// <summary>Returns the error to report: a timeout, a cancellation or an error in the statement, in this order.</summary>
    public static Exception Explain(Exception error, StatementTimeout clock, Func<Exception, LedgerException> explain) => error switch
    {
        LedgerException => error,
        _ when clock.IsExpired => clock.CreateTimeoutException(error),
        _ when clock.Token.IsCancellationRequested => new OperationCanceledException("The query was stopped.", error),
        _ => explain(error),
    };

    public override bool Read() => ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override bool IsDBNull(int ordinal) => inner.IsDBNull(ordinal);

    public override string GetString(int ordinal) => inner.GetString(ordinal);

    public override long GetInt64(int ordinal) =>
        IsAllText ? long.Parse(inner.GetString(ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : inner.GetInt64(ordinal);

    public override double GetDouble(int ordinal) =>
        IsAllText ? double.Parse(inner.GetString(ordinal), CultureInfo.InvariantCulture) : inner.GetDouble(ordinal);

    public override bool GetBoolean(int ordinal) => IsAllText ? inner.GetString(ordinal) == "t" : inner.GetBoolean(ordinal);

    /// <summary>Throws when the time is infinite or outside .NET's years 1 to 9999.</summary>
    public override DateTime GetDateTime(int ordinal)
    {
        try
        {
            return IsAllText
                ? DateTime.Parse(inner.GetString(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)
                : inner.GetDateTime(ordinal);
        }
        catch (Exception error) when (error is FormatException or ArgumentOutOfRangeException)
        {
            throw new UsageException($"the column '{columns[ordinal].Name}' contains a time outside the years 1 to 9999: convert it to text with CAST(… AS VARCHAR).", error);
        }
    }

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

    /// <summary>Ends the statement, even if rows are left, and its session.</summary>
    public override async ValueTask DisposeAsync()
    {
        await close(_ended).ConfigureAwait(false);
        clock.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
