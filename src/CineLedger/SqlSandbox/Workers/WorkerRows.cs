using System.Text;
using CineLedger.Reports;

namespace CineLedger.SqlSandbox.Workers;

/// <summary>The rows that a worker sends. Disposing ends the statement, even if rows are left.</summary>
/// <param name="columns">The columns.</param>
/// <param name="run">The statement in the worker.</param>
internal sealed class WorkerRows(IReadOnlyList<Column> columns, StatementRun run) : ResultReader(columns)
{
    private readonly long[] _numbers = new long[columns.Count];
    private readonly string?[] _texts = new string?[columns.Count];
    private readonly bool[] _isNull = new bool[columns.Count];
    private BinaryReader? _frame;
    private bool _closed;

    /// <summary>Gets whether the limit omitted rows. Valid once all rows are read.</summary>
    public bool IsTruncated { get; private set; }

    public override bool HasRows => throw new NotSupportedException();

    public override bool IsClosed => _closed;

    public override async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (_frame is null || _frame.BaseStream.Position == _frame.BaseStream.Length)
        {
            var frame = await run.ReadAsync().ConfigureAwait(false);
            if (frame.Kind != FrameKind.Rows)
            {
                IsTruncated = frame.Content is [1];
                return false;
            }

            _frame?.Dispose();
            _frame = new BinaryReader(new MemoryStream(frame.Content), Encoding.UTF8);
        }

        for (var i = 0; i < _isNull.Length; i++)
        {
            _isNull[i] = _frame.ReadBoolean();
            if (!_isNull[i])
            {
                ReadValue(_frame, i);
            }
        }

        return true;
    }

    public override bool IsDBNull(int ordinal) => _isNull[ordinal];

    public override string GetString(int ordinal) => _texts[ordinal]!;

    public override long GetInt64(int ordinal) => _numbers[ordinal];

    public override double GetDouble(int ordinal) => BitConverter.Int64BitsToDouble(_numbers[ordinal]);

    public override bool GetBoolean(int ordinal) => _numbers[ordinal] != 0;

    public override DateTime GetDateTime(int ordinal) => new(_numbers[ordinal], DateTimeKind.Utc);

    public override async ValueTask DisposeAsync()
    {
        _closed = true;
        _frame?.Dispose();
        await run.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private void ReadValue(BinaryReader frame, int ordinal)
    {
        switch (Columns[ordinal].Kind)
        {
            case ColumnKind.Integer or ColumnKind.Identifier or ColumnKind.Number or ColumnKind.Time:
                _numbers[ordinal] = frame.ReadInt64();
                break;
            case ColumnKind.Boolean:
                _numbers[ordinal] = frame.ReadBoolean() ? 1 : 0;
                break;
            default:
                _texts[ordinal] = frame.ReadString();
                break;
        }
    }
}
