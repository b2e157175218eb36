using CineLedger.Model;
using CineLedger.Web.Dashboard.Components;
using CineLedger.Web.Dashboard.Search;

namespace CineLedger.Web.Dashboard;

/// <summary>The name of a company, studio or genre that is not in the snapshot, and what may have been meant.</summary>
/// <param name="Kind">What the address names.</param>
/// <param name="Name">The name in the address.</param>
/// <param name="Candidates">Similar names, the most likely first.</param>
/// <param name="Others">All names of this kind, if they are few.</param>
public sealed record UnknownName(NameKind Kind, string Name, IReadOnlyList<NameCandidate> Candidates, IReadOnlyList<string> Others)
{
    /// <summary>The results of a search for the name; empty if there are similar names of this kind.</summary>
    public IReadOnlyList<SearchGroup> Found { get; private init; } = [];

    /// <summary>The kind of the name, as sentences write it.</summary>
    public string Noun => Kind == NameKind.Company ? "movies by" : Kind.Section == NameKind.Director.Section ? "person" : Kind.Dimension;

    public string Title => $"{(Kind.Section == NameKind.Director.Section ? "Person" : Kind.Title)} not found";

    /// <summary>Creates a page with the status 404, or a redirection to the page of a name that differs only in case, accents, spaces and final dots.</summary>
    public static async Task<PageContent> CreatePageAsync(PageRequest request, NameKind kind, string name, IReadOnlyList<string> others, CancellationToken cancellationToken)
    {
        var candidates = await request.Ledger.FindCandidatesAsync(kind.Dimension, name, cancellationToken);
        var found = candidates.Count > 0 ? [] : await SearchModel.FindAsync(request, name, null, cancellationToken);
        var unknown = new UnknownName(kind, name, candidates, others) { Found = found };
        return new(unknown.Title, typeof(UnknownNamePage), unknown)
        {
            Status = 404,
            RedirectTo = candidates is [var only] && only.Dimension == kind.Dimension && only.Name != name && NameFolding.Fold(only.Name) == NameFolding.Fold(name)
                ? request.State.GetLink(PageState.GetPath(kind.Section, only.Name), [.. request.OwnParameters.Select(pair => (pair.Name, (string?)pair.Value))])
                : null,
        };
    }
}
