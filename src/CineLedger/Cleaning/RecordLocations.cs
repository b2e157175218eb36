namespace CineLedger.Cleaning;

/// <summary>
/// Represents the location of a record as a single number. Line numbers continue from one part of the dataset to the next. With one part, the number is the
/// line.
/// </summary>
internal sealed class RecordLocations
{
    private readonly List<(string File, int Before)> _parts = [];
    private int _last;

    /// <param name="files">The names of the parts, in reading order.</param>
    public RecordLocations(params IReadOnlyList<string> files)
    {
        HasSinglePart = files.Count <= 1;
        if (files.Count > 0)
        {
            BeginPart(files[0]);
        }
    }

    /// <summary>True if there is at most one part, so that the line number alone is unambiguous.</summary>
    public bool HasSinglePart { get; }

    /// <summary>The current part.</summary>
    public string File => _parts.Count > 0 ? _parts[^1].File : "";

    /// <summary>Starts the next part.</summary>
    public void BeginPart(string file)
    {
        if (_parts.Count == 0 || _parts[^1].File != file)
        {
            _parts.Add((file, _last));
        }
    }

    /// <summary>Returns the number for a line of the current part.</summary>
    public int GetNumber(int line)
    {
        var number = checked(_parts[^1].Before + line);
        _last = Math.Max(_last, number);
        return number;
    }

    /// <summary>Returns the file and line of a number.</summary>
    public (string File, int Line) GetLocation(int number)
    {
        var part = _parts.FindLast(part => part.Before < number);
        return (part.File, number - part.Before);
    }

    /// <summary>Returns the location as text: <c>line 12</c>, with the name of the part if there are several.</summary>
    public string Describe(int number)
    {
        var (file, line) = GetLocation(number);
        return HasSinglePart ? FormattableString.Invariant($"line {line}") : FormattableString.Invariant($"line {line} of {file}");
    }
}
