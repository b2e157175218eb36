using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports.Queries;

namespace CineLedger.Reports.Names;

/// <summary>Says what is unclear about a name, and what to write instead.</summary>
internal sealed class NameMessage(QueryFilter filter, string name)
{
    /// <summary>A name is refused if others that it may stand for have this many times its movies.</summary>
    public const int ManyTimes = 5;

    /// <summary>A name is used with a note if others that it may stand for have this many times its movies.</summary>
    public const int SeveralTimes = 2;

    private const int MaxCandidates = 5;

    /// <summary>The most names that an error lists when none is similar.</summary>
    private const int MaxListed = 30;

    private readonly string _dimension = filter.Field.Dimension!.Name;

    private bool IsCondition => filter.Option == QueryFilter.WhereOption;

    /// <summary>Describes a name that several names may stand for.</summary>
    public UsageException CreateAmbiguous(IReadOnlyList<NameCandidate> candidates, int count)
    {
        var many = count > MaxCandidates ? $"any of {count.ToString(CultureInfo.InvariantCulture)} names, such as " : "";
        return Create($"could be {many}{Join(candidates, _dimension)}. Write the name in full.", candidates);
    }

    /// <summary>Describes the exact name of a company with few movies that others with many more are also known by.</summary>
    public UsageException CreateMisleading(NameCandidate own, IReadOnlyList<NameCandidate> candidates)
    {
        var exact = IsCondition ? $"{_dimension}=\"={own.Name}\"" : $"{filter.Option} '={own.Name}'";
        return Create(
            $"could be {Join(candidates, _dimension)}. For exactly the {FormatDimension(_dimension)} '{own.Name}', which has {FormatMovies(own.Movies)}, write {exact}.", candidates);
    }

    /// <summary>Describes a name that no movie of the snapshot has.</summary>
    /// <param name="candidates">Similar names; those of the dimension may be many.</param>
    /// <param name="known">All names of the dimension.</param>
    public UsageException CreateUnknown(IReadOnlyList<NameCandidate> candidates, IReadOnlyList<string> known)
    {
        var hint = candidates.Count > 0 ? $" Did you mean {Join(candidates, _dimension)}?"
            : known.Count is > 0 and <= MaxListed ? $" Use one of {string.Join(", ", known.Order(StringComparer.Ordinal))}."
            : "";
        return new UsageException($"{filter.Option}: there is no {FormatDimension(_dimension)} '{name}'.{hint}") { UnresolvedName = name, Candidates = Limit(candidates) };
    }

    public string DescribeReading(string other) => $"{FormatDimension(_dimension)}: '{name}' was read as '{other}'.";

    public string DescribeLarger(NameCandidate own, NameCandidate other)
    {
        var kind = other.Dimension == _dimension ? "" : $"the {FormatDimension(other.Dimension)} ";
        return $"{FormatDimension(_dimension)}: '{own.Name}' has {FormatMovies(own.Movies)}; {kind}'{other.Name}' has {FormatMovies(other.Movies)}.";
    }

    private UsageException Create(string problem, IReadOnlyList<NameCandidate> candidates) =>
        new($"{filter.Option}: {(IsCondition ? $"{FormatDimension(_dimension)} " : "")}'{name}' {problem}") { UnresolvedName = name, Candidates = Limit(candidates) };

    private static IReadOnlyList<NameCandidate> Limit(IReadOnlyList<NameCandidate> candidates) => [.. candidates.Take(MaxCandidates)];

    private string Join(IReadOnlyList<NameCandidate> candidates, string dimension)
    {
        var shown = Limit(candidates).Select(candidate => Format(candidate, dimension)).ToList();
        return shown.Count == 1 ? shown[0] : $"{string.Join(", ", shown.SkipLast(1))} or {shown[^1]}";
    }

    private string Format(NameCandidate candidate, string dimension) => candidate.Dimension == dimension
        ? $"'{candidate.Name}' ({FormatMovies(candidate.Movies)})"
        : $"the {FormatDimension(candidate.Dimension)} '{candidate.Name}' ({FormatMovies(candidate.Movies)}; {FormatOption(candidate)})";

    private string FormatOption(NameCandidate candidate)
    {
        var value = candidate.Name.All(char.IsAsciiLetterOrDigit) ? candidate.Name : $"\"{candidate.Name}\"";
        return IsCondition ? $"{candidate.Dimension}={value}" : $"--{candidate.Dimension} {value}";
    }

    private static string FormatDimension(string dimension) => dimension.Replace('_', ' ');

    private static string FormatMovies(long movies) => movies == 1 ? "1 movie" : string.Create(CultureInfo.InvariantCulture, $"{movies:N0} movies");
}
