namespace CineLedger.Cleaning;

/// <summary>
/// Where the movies' records stand, in one number each: the lines of several parts are counted on from one to the next. With one part it is
/// the line.
/// </summary>
internal sealed class MovieLines
{
    private readonly List<(string File, int Before)> _parts = [];
    private int _last;

    /// <param name="files">The parts' names; the first is the one that is read first.</param>
    public MovieLines(params IReadOnlyList<string> files)
    {
        IsOne = files.Count <= 1;
        if (files.Count > 0)
        {
            Begin(files[0]);
        }
    }

    /// <summary>Whether a line says by itself where it is.</summary>
    public bool IsOne { get; }

    /// <summary>The part that is being read.</summary>
    public string File => _parts.Count > 0 ? _parts[^1].File : "";

    /// <summary>From here on lines are of the next part.</summary>
    public void Begin(string file)
    {
        if (_parts.Count == 0 || _parts[^1].File != file)
        {
            _parts.Add((file, _last));
        }
    }

    /// <summary>The number of a line of the part that is being read.</summary>
    public int Take(int line)
    {
        var number = checked(_parts[^1].Before + line);
        _last = Math.Max(_last, number);
        return number;
    }

    /// <summary>The file and line of a number.</summary>
    public (string File, int Line) Of(int number)
    {
        var part = _parts.FindLast(part => part.Before < number);
        return (part.File, number - part.Before);
    }

    /// <summary>A number in words: <c>line 12</c>, and of which part where there are several.</summary>
    public string Text(int number)
    {
        var (file, line) = Of(number);
        return IsOne ? FormattableString.Invariant($"line {line}") : FormattableString.Invariant($"line {line} of {file}");
    }
}
