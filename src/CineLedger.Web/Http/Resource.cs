using CineLedger.Web.Errors;

namespace CineLedger.Web.Http;

/// <summary>
/// A readable resource: its address, its parameters, its documentation, and how a request becomes a question. Freshness, formats,
/// pages, caching and errors are the same for all of them: see <see cref="AnswerEndpoint"/>.
/// </summary>
public sealed record Resource
{
    /// <summary>As routing writes it: <c>/api/v1/movies/{id}</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The heading of the documentation that it stands under.</summary>
    public required string Group { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Summary { get; init; }

    /// <summary>What else there is to know. Markdown.</summary>
    public string Description { get; init; } = "";

    public required ParameterSet Parameters { get; init; }

    /// <summary>Makes a question of what was asked. Throws <see cref="ProblemException"/> or <see cref="Model.UsageException"/>.</summary>
    public required Func<ParameterValues, Question> Read { get; init; }

    /// <summary>The beginning of an answer's <c>data</c>, as JSON, for the documentation.</summary>
    public required string Example { get; init; }

    /// <summary>True where the answer is one document instead of rows: it can be had as JSON alone.</summary>
    public bool IsDocument { get; init; }

    /// <summary>True where the columns are those that were asked for: the example shows some.</summary>
    public bool HasColumnsOnDemand { get; init; }

    /// <summary>True where something may not exist: the film, the snapshot.</summary>
    public bool MayBeMissing { get; init; }
}
