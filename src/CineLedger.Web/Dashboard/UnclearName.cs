using CineLedger.Model;
using CineLedger.Web.Dashboard.Components;
using CineLedger.Web.Dashboard.Explore;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Dashboard;

/// <summary>A name in the parameters of a page that is unknown or could be several.</summary>
public sealed record UnclearName(Problem Problem)
{
    public static PageContent CreatePage(UsageException error)
    {
        var problem = Problems.Create(error);
        return new(problem.Title, typeof(UnclearNamePage), new UnclearName(problem)) { Status = problem.Status };
    }

    /// <summary>Returns the address of the same page with a candidate in place of the name.</summary>
    public static string GetLink(PageRequest request, Problem problem, NameCandidate candidate) =>
        request.State.GetLink(request.Path, [.. request.OwnParameters.Select(pair => Replace(pair.Name, pair.Value, problem.UnresolvedName, candidate))]);

    private static (string Name, string? Value) Replace(string parameter, string value, string? unresolved, NameCandidate candidate)
    {
        if (parameter == "where")
        {
            return FilterCondition.Parse(value) is { } condition && condition.Value.TrimStart('=') == unresolved
                ? (parameter, new FilterCondition(candidate.Dimension, condition.Operator, PageQuery.ToExact(candidate.Dimension, candidate.Name)).ToWhere())
                : (parameter, value);
        }

        return value.TrimStart('=') != unresolved ? (parameter, value)
            : parameter == candidate.Dimension ? (parameter, PageQuery.ToExact(parameter, candidate.Name))
            : ("where", PageQuery.FilterByName(candidate.Dimension, candidate.Name));
    }
}
