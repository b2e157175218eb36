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
    : ResultReader(columns)
{
    private long _rows;
    private bool _ended;

    /// <summary>Gets whether the statement has more rows than the limit. Valid once all rows are read.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Gets whether the engine returns every value as text.</summary>
    public bool IsAllText { get; init; }

    /// <summary>Gets a function that opens the next batch of rows and returns null after the last; null when the engine does not use batches.</summary>
    public Func<Task<DbDataReader?>>? NextBatch { get; init; }

    public override bool HasRows => inner.HasRows;

    public override bool IsClosed => inner.IsClosed;

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

    public override bool IsDBNull(int ordinal) => inner.IsDBNull(ordinal);

    /// <summary>Throws when the text is longer than the limit on a value.</summary>
    public override string GetString(int ordinal)
    {
        // The length is known before the text is copied.
        if (inner is RowReader bytes && bytes.GetUtf8(ordinal).Length > limits.MaxValueBytes)
        {
            throw CreateTooLongException(ordinal);
        }

        var text = inner.GetString(ordinal);
        return text.Length > limits.MaxValueBytes ? throw CreateTooLongException(ordinal) : text;
    }

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
            throw new UsageException($"the column '{Columns[ordinal].Name}' contains a time outside the years 1 to 9999: convert it to text with CAST(… AS VARCHAR).", error);
        }
    }

    private SqlLimitException CreateTooLongException(int ordinal) => new(
        string.Create(CultureInfo.InvariantCulture, $"the column '{Columns[ordinal].Name}' contains a value of more than {limits.MaxValueBytes >> 20} MB: shorten it, for example with LEFT."));

    /// <summary>Ends the statement, even if rows are left, and its session.</summary>
    public override async ValueTask DisposeAsync()
    {
        await close(_ended).ConfigureAwait(false);
        clock.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
