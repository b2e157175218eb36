using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>
/// Writes many rows to one table in the engine's fastest way. Add a row's values in the order of the table's columns, each with the overload for
/// its column's type, then call <see cref="EndRow"/>.
/// </summary>
internal abstract class BulkWriter : IMovieValueWriter, IDisposable
{
    public abstract void Add(long value);

    public abstract void Add(int value);

    public abstract void Add(double value);

    public abstract void Add(bool value);

    public abstract void Add(DateOnly value);

    /// <summary>Adds a decimal with up to six places to a DECIMAL(18, 6) column.</summary>
    public abstract void Add(decimal value);

    public abstract void Add(string? value);

    /// <summary>Adds a text as UTF-8, which must be valid.</summary>
    public abstract void AddUtf8(ReadOnlySpan<byte> value);

    public abstract void AddNull();

    /// <summary>Ends the row. Throws if it has too few or too many values.</summary>
    public abstract void EndRow();

    /// <summary>Sends buffered rows once there are many. Call it between rows, whenever the caller can wait.</summary>
    public abstract ValueTask FlushIfFullAsync(CancellationToken cancellationToken);

    /// <summary>Writes all buffered rows to the table, where the transaction's queries see them.</summary>
    public abstract ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>Frees the memory. Rows that have not been flushed are lost, which happens only in a failed load.</summary>
    public abstract void Dispose();

    public void Add(MovieText value)
    {
        if (value.TryGetUtf8(out var text))
        {
            AddUtf8(text);
        }
        else
        {
            Add(value.Text);
        }
    }

    public void Add(long? value)
    {
        if (value is { } known)
        {
            Add(known);
        }
        else
        {
            AddNull();
        }
    }

    public void Add(int? value)
    {
        if (value is { } known)
        {
            Add(known);
        }
        else
        {
            AddNull();
        }
    }

    public void Add(bool? value)
    {
        if (value is { } known)
        {
            Add(known);
        }
        else
        {
            AddNull();
        }
    }

    public void Add(DateOnly? value)
    {
        if (value is { } known)
        {
            Add(known);
        }
        else
        {
            AddNull();
        }
    }

    public void Add(decimal? value)
    {
        if (value is { } known)
        {
            Add(known);
        }
        else
        {
            AddNull();
        }
    }
}
