namespace CineLedger.Samples;

/// <summary>One file of the dataset, row by row.</summary>
internal abstract class RowSource
{
    /// <summary>The first line, with its line end.</summary>
    public abstract ReadOnlySpan<byte> Header { get; }

    /// <summary>Appends the next row, or a few that belong together; false where there are no more.</summary>
    public abstract bool TryWriteNext(Utf8Buffer output);
}
