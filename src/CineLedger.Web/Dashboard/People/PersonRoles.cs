namespace CineLedger.Web.Dashboard.People;

/// <summary>The roles of a person with their numbers of movies, the role with the most movies first.</summary>
/// <param name="Name">The person's name.</param>
/// <param name="Movies">The roles with movies; none for people who only have other jobs.</param>
/// <param name="Selected">The role that the page shows.</param>
public sealed record PersonRoles(string Name, IReadOnlyList<(NameKind Kind, long Movies)> Movies, NameKind Selected)
{
    public static IReadOnlyList<NameKind> Kinds { get; } = [NameKind.Director, NameKind.Actor];

    /// <summary>The condition on the movies of the page; null without a role.</summary>
    public string? Filter => Movies.Count == 0 ? null : PageQuery.FilterByName(Selected.Dimension, Name);

    /// <summary>Reads the roles of the person that the page of the request is about.</summary>
    public static Task<PersonRoles> ReadAsync(PageRequest request, CancellationToken cancellationToken) =>
        ReadAsync(request, request.Values.Get(PeoplePages.Name)!, request.Values.Get(PeoplePages.Role), cancellationToken);

    /// <param name="request">A request for any page.</param>
    /// <param name="name">The person's name.</param>
    /// <param name="role">The role to select if the person has it; null for the one with the most movies.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<PersonRoles> ReadAsync(PageRequest request, string name, string? role, CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(Kinds.Select(kind => CountAsync(request, kind, name, cancellationToken)));
        (NameKind Kind, long Movies)[] roles = [.. Kinds.Zip(counts).Where(role => role.Second > 0).OrderByDescending(role => role.Second)];

        // A role without movies would show nothing.
        var requested = roles.FirstOrDefault(known => known.Kind.Dimension == role).Kind;
        return new(name, roles, requested ?? roles.FirstOrDefault().Kind ?? NameKind.Director);
    }

    private static async Task<long> CountAsync(PageRequest request, NameKind kind, string name, CancellationToken cancellationToken)
    {
        var query = new PageQuery { Measures = ["releases"], Where = [PageQuery.FilterByName(kind.Dimension, name)], UsesYearRange = false };
        return (await request.Ledger.QueryAsync(query.CreateRequest(new()), cancellationToken)).Rows[0].GetInteger("releases");
    }
}
