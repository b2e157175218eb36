using System.Collections.Frozen;
using CineLedger.Reports.Queries;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CineLedger.Web.Http;

/// <summary>All parameters of one endpoint. A request with any other is an error: a misspelt filter must not give an unfiltered answer.</summary>
public sealed class ParameterSet
{
    private const int LongestValue = 2_000;
    private const int MostValues = 100;

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
            if (!_known.TryGetValue(name, out var parameter) || parameter.InPath)
            {
                throw Problems.UnknownParameter(name, All.Where(known => !known.InPath).Select(known => known.Name));
            }

            texts.Add((parameter, Check(parameter, values)));
        }

        foreach (var parameter in All)
        {
            if (parameter.InPath)
            {
                texts.Add((parameter, Check(parameter, inPath(parameter.Name) ?? "")));
            }
            else if (parameter.IsRequired && !texts.Exists(text => text.Parameter == parameter))
            {
                throw Problems.BadParameter(parameter.Name, $"is missing. {parameter.Description}");
            }
        }

        return new ParameterValues(path, texts);
    }

    private static string[] Check(Parameter parameter, StringValues values)
    {
        if (values.Count > 1 && !parameter.IsMany)
        {
            throw Problems.BadParameter(parameter.Name, "stands there twice: write it once.");
        }

        if (values.Count > MostValues)
        {
            throw Problems.BadParameter(parameter.Name, $"stands there {values.Count} times: {MostValues} are the most.");
        }

        foreach (var text in values)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                throw Problems.BadParameter(parameter.Name, "has no value: write one, or leave the parameter out.");
            }

            // PostgreSQL's texts cannot hold U+0000.
            if (text.Length > LongestValue || text.Contains('\0', StringComparison.Ordinal))
            {
                throw Problems.BadParameter(parameter.Name, $"has a value that is longer than {LongestValue} letters, or holds a null character.");
            }

            if (parameter.Words.Count > 0 && !parameter.Words.Contains(text))
            {
                throw Problems.BadParameter(parameter.Name, $"'{text}' is none of {string.Join(", ", parameter.Words)}{Near(text, parameter.Words)}");
            }
        }

        return values.ToArray()!;
    }

    private static string Near(string text, IReadOnlyList<string> words) =>
        NearestNames.Of(text, words) is { Count: > 0 } near ? $"; did you mean {string.Join(" or ", near)}?" : ".";
}
