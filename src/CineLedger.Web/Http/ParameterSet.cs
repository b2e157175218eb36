using System.Collections.Frozen;
using CineLedger.Reports.Queries;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CineLedger.Web.Http;

/// <summary>All parameters of one endpoint. A request with any other is an error: a misspelt filter must not give an unfiltered answer.</summary>
public sealed class ParameterSet
{
    private const int MaxValueLength = 2_000;
    private const int MaxValues = 100;

    private readonly FrozenDictionary<string, Parameter> _known;

    public ParameterSet(params IEnumerable<Parameter> parameters)
    {
        All = [.. parameters];
        _known = All.ToFrozenDictionary(parameter => parameter.Name, StringComparer.Ordinal);
    }

    /// <summary>In the order in which they were listed.</summary>
    public IReadOnlyList<Parameter> All { get; }

    /// <summary>Reads and checks all that a request says. Throws <see cref="ProblemException"/>.</summary>
    public ParameterValues Read(HttpRequest request) =>
        Read(request.Path.Value!, request.Query, name => (string?)request.RouteValues[name]);

    /// <param name="path">The resource's, with its values in it.</param>
    /// <param name="query">The other values, by name.</param>
    /// <param name="inPath">Gives the value of a parameter in the path; null where it is missing.</param>
    internal ParameterValues Read(string path, IEnumerable<KeyValuePair<string, StringValues>> query, Func<string, string?> inPath)
    {
        var texts = new List<(Parameter Parameter, IReadOnlyList<string> Texts)>();
        foreach (var (name, values) in query)
        {
            if (!_known.TryGetValue(name, out var parameter) || parameter.IsInPath)
            {
                throw Problems.UnknownParameter(name, All.Where(known => !known.IsInPath).Select(known => known.Name));
            }

            texts.Add((parameter, Check(parameter, values)));
        }

        foreach (var parameter in All)
        {
            if (parameter.IsInPath)
            {
                texts.Add((parameter, Check(parameter, inPath(parameter.Name) ?? "")));
            }
            else if (parameter.IsRequired && !texts.Exists(text => text.Parameter == parameter))
            {
                throw Problems.InvalidParameter(parameter.Name, $"is missing. {parameter.Description}");
            }
        }

        return new ParameterValues(path, texts);
    }

    private static string[] Check(Parameter parameter, StringValues values)
    {
        if (values.Count > 1 && !parameter.IsMany)
        {
            throw Problems.InvalidParameter(parameter.Name, "stands there twice: write it once.");
        }

        if (values.Count > MaxValues)
        {
            throw Problems.InvalidParameter(parameter.Name, $"stands there {values.Count} times: {MaxValues} are the most.");
        }

        foreach (var text in values)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                throw Problems.InvalidParameter(parameter.Name, "has no value: write one, or leave the parameter out.");
            }

            // PostgreSQL's texts cannot hold U+0000.
            if (text.Length > MaxValueLength || text.Contains('\0', StringComparison.Ordinal))
            {
                throw Problems.InvalidParameter(parameter.Name, $"has a value that is longer than {MaxValueLength} letters, or holds a null character.");
            }

            if (parameter.AllowedValues.Count > 0 && !parameter.AllowedValues.Contains(text))
            {
                throw Problems.InvalidParameter(parameter.Name, $"'{text}' is none of {string.Join(", ", parameter.AllowedValues)}{DescribeNearest(text, parameter.AllowedValues)}");
            }
        }

        return values.ToArray()!;
    }

    private static string DescribeNearest(string text, IReadOnlyList<string> words) =>
        NearestNames.Find(text, words) is { Count: > 0 } near ? $"; did you mean {string.Join(" or ", near)}?" : ".";
}
