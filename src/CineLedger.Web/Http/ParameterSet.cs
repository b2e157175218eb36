using System.Collections.Frozen;
using CineLedger.Reports.Queries;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CineLedger.Web.Http;

/// <summary>All parameters of an endpoint. An unknown parameter is an error, so that a misspelled filter does not return unfiltered data.</summary>
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

    /// <summary>The parameters in the order in which they were listed.</summary>
    public IReadOnlyList<Parameter> All { get; }

    /// <summary>
    /// Reads and checks the parameters of a request. An extension of the path counts as the parameter <c>format</c>, so that the request is the same as without it. Throws
    /// <see cref="ProblemException"/>.
    /// </summary>
    public ParameterValues Read(HttpRequest request)
    {
        var path = request.Path.Value!;
        if (ResponseFormats.FindByExtension(request) is not { } format)
        {
            return Read(path, request.Query, name => (string?)request.RouteValues[name]);
        }

        return request.Query.ContainsKey(CommonParameters.Format.Name)
            ? throw Problems.InvalidParameter(CommonParameters.Format.Name, "the extension of the path selects the format: omit one of them.")
            : Read(path[..path.LastIndexOf('.')], [.. request.Query, new(CommonParameters.Format.Name, format.Name)], name => (string?)request.RouteValues[name]);
    }

    /// <param name="path">The path of the request.</param>
    /// <param name="query">The values outside the path, by name.</param>
    /// <param name="inPath">Returns the value of a parameter in the path, or null when it is missing.</param>
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
                throw Problems.InvalidParameter(parameter.Name, $"the value is missing. {parameter.Description}");
            }
        }

        return new ParameterValues(path, texts);
    }

    private static string[] Check(Parameter parameter, StringValues values)
    {
        if (values.Count > 1 && !parameter.IsMany)
        {
            throw Problems.InvalidParameter(parameter.Name, "only one value is allowed.");
        }

        if (values.Count > MaxValues)
        {
            throw Problems.InvalidParameter(parameter.Name, $"{values.Count} values are too many: the limit is {MaxValues}.");
        }

        var texts = values.ToArray();
        for (var i = 0; i < texts.Length; i++)
        {
            var text = texts[i];
            if (string.IsNullOrWhiteSpace(text))
            {
                throw Problems.InvalidParameter(parameter.Name, "the value is empty: enter one, or omit the parameter.");
            }

            // Texts in PostgreSQL cannot contain U+0000.
            if (text.Length > MaxValueLength || text.Contains('\0', StringComparison.Ordinal))
            {
                throw Problems.InvalidParameter(parameter.Name, $"the value is longer than {MaxValueLength} characters or contains a null character.");
            }

            // The listed spelling, so that requests that differ in letter case share a response.
            texts[i] = parameter.AllowedValues.Count == 0 ? text
                : parameter.AllowedValues.FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? throw CreateNotListed(parameter, text);
        }

        return texts!;
    }

    private static ProblemException CreateNotListed(Parameter parameter, string text)
    {
        var question = parameter.BuildQuestion?.Invoke(text) ?? NearestNames.BuildQuestion(text, parameter.AllowedValues);
        return Problems.InvalidParameter(parameter.Name, $"'{text}' is not one of {string.Join(", ", parameter.AllowedValues)}{question}");
    }
}
