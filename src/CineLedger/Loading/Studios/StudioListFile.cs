using CineLedger.Model;

namespace CineLedger.Loading.Studios;

/// <summary>A list of studios as read from a file, with the problems of the file as a whole.</summary>
/// <param name="Name">The name of the file in messages.</param>
/// <param name="Lines">The lines, each with its number in the file.</param>
/// <param name="Problems">One sentence for each problem, in order of lines; empty if the list is valid.</param>
public sealed record StudioListFile(string Name, IReadOnlyList<(int Number, StudioLine Line)> Lines, IReadOnlyList<string> Problems)
{
    /// <summary>Whether this is the list that comes with the program, which names companies of all datasets.</summary>
    public bool IsBundled { get; init; }

    /// <summary>Returns the lines of a valid list. Throws <see cref="StudioListException"/> for any other.</summary>
    public IReadOnlyList<StudioLine> GetValidLines() => Problems.Count == 0 ? [.. Lines.Select(line => line.Line)] : throw new StudioListException(Name, Problems);
}
