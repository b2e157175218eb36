using CineLedger.Model;

namespace CineLedger.Sources.Kinds;

/// <summary>A kind of file that is not part of the dataset but is often given in its place. <see cref="FileKinds"/> lists them.</summary>
/// <param name="Name">What the file is: <c>a web page</c>.</param>
/// <param name="Matches">Recognizes a file by its first bytes, which may end anywhere.</param>
/// <param name="Advice">What to do instead, as a sentence.</param>
internal sealed record FileKind(string Name, Func<FileHead, bool> Matches, string Advice)
{
    /// <summary>True if the file holds movies, but lacks most of their fields. A quality gate refuses it, because it would replace complete movies.</summary>
    public bool HoldsMovies { get; init; }

    /// <summary>Describes what is particular to one file, as a continuation of the name; null if nothing is.</summary>
    public Func<FileHead, string>? Detail { get; init; }

    /// <summary>Describes a file of this kind in one line, without its name.</summary>
    public string Describe(FileHead head) => $"this is {Name}{Detail?.Invoke(head)}. {Advice}";

    /// <summary>Creates the error about a file of this kind.</summary>
    public LedgerException CreateException(string displayName, FileHead head) =>
        HoldsMovies ? CreateGateException(displayName, Describe(head)) : new LedgerException($"{displayName}: {Describe(head)}");

    /// <summary>Creates the error about a file that holds movies but is not the dataset's movies file.</summary>
    public static QualityGateException CreateGateException(string displayName, string description) =>
        QualityGateException.ForKind($"{displayName}: {description} Refused by the quality gate 'kind'.");
}
