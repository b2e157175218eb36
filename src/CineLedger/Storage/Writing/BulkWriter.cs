using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>
/// Brings many rows into one table the fastest way an engine has. Write a row's values in the order of the table's columns, each by
/// the overload of its column's type, then <see cref="EndRow"/>.
/// </summary>
internal abstract class BulkWriter : IMovieValueWriter, IDisposable
{
    public abstract void Add(long value);

    public abstract void Add(int value);

    public abstract void Add(bool value);

    /// <summary>A day.</summary>
    public abstract void Add(DateOnly value);

    /// <summary>A decimal of up to six places in a DECIMAL(18, 6) column.</summary>
    public abstract void Add(decimal value);

    public abstract void Add(string? value);

    /// <summary>Text as UTF-8 that is known to be sound.</summary>
    public abstract void AddUtf8(ReadOnlySpan<byte> value);

    public abstract void AddNull();

    /// <summary>Ends the row; throws where it has too few or too many values.</summary>
    public abstract void EndRow();

    /// <summary>Sends what waits, where that has become much: between rows, as often as the caller can wait for it.</summary>
    public abstract ValueTask FlushIfFullAsync(CancellationToken cancellationToken);

    /// <summary>Brings all rows so far into the table, where the transaction's queries see them.</summary>
    public abstract ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>Gives the memory back. Rows not flushed are lost: a writer that is left in the middle belongs to a failed load.</summary>
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
