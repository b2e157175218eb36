using System.Text.Json.Serialization;

namespace CineLedger.Web.Errors;

/// <summary>What went wrong with a request, as RFC 9457 has it.</summary>
/// <param name="Type">The kind of problem: <c>/problems/unknown-parameter</c> for one; docs/api.md lists them.</param>
/// <param name="Title">The kind in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong with this very request, and what to do.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail)
{
    /// <summary>The parameter to blame; null where it is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parameter { get; init; }

    /// <summary>The request's number in the log.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestId { get; init; }

    /// <summary>The W3C trace that the request belongs to; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary>Seconds after which to try again; null where that would not help.</summary>
    internal int? RetryAfter { get; init; }

    /// <summary>The header <c>WWW-Authenticate</c>; null where a key is not what is missing.</summary>
    internal string? Challenge { get; init; }
}

/// <summary>Ends a request with a problem.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
