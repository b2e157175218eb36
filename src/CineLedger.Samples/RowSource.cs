namespace CineLedger.Samples;

/// <summary>One file of the dataset, row by row.</summary>
internal abstract class RowSource
{
    /// <summary>The first line, including its line break.</summary>
    public abstract ReadOnlySpan<byte> Header { get; }

    /// <summary>Appends the next row, or several that belong together; returns false at the end.</summary>
    public abstract bool TryWriteNext(Utf8Buffer output);
}
