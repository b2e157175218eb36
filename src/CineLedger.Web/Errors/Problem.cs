using System.Text.Json.Serialization;
using CineLedger.Model;

namespace CineLedger.Web.Errors;

/// <summary>A problem with a request (RFC 9457).</summary>
/// <param name="Type">The kind of problem, such as <c>/problems/unknown-parameter</c>; docs/api.md lists all.</param>
/// <param name="Title">The title of this kind of problem.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong with this request, and what to do.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail)
{
    /// <summary>The parameter that caused the problem, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parameter { get; init; }

    /// <summary>The violations found by the quality gates; null if none stopped the request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GateViolation>? Violations { get; init; }

    /// <summary>The names that the request may mean, the most likely first; null unless a name is unknown or unclear.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<NameCandidate>? Candidates { get; init; }

    /// <summary>The name that is unknown or unclear, as written; null without one.</summary>
    [JsonIgnore]
    public string? UnresolvedName { get; init; }

    /// <summary>All problems of a list of studios, one sentence each; null for other requests.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Problems { get; init; }

    /// <summary>The ID of the request in the log.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestId { get; init; }

    /// <summary>The W3C trace ID of the request, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary>Seconds after which to try again; null when a retry would not help.</summary>
    internal int? RetryAfter { get; init; }

    /// <summary>The header <c>WWW-Authenticate</c>; null when no key is missing.</summary>
    internal string? Challenge { get; init; }
}

/// <summary>Ends a request with a problem.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
