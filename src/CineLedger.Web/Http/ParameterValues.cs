using System.Text;

namespace CineLedger.Web.Http;

/// <summary>The checked parameter values of a request.</summary>
public sealed class ParameterValues
{
    private readonly Dictionary<Parameter, object?> _values = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Parameter Parameter, IReadOnlyList<string> Texts)> _texts;

    internal ParameterValues(string path, List<(Parameter Parameter, IReadOnlyList<string> Texts)> texts)
    {
        _texts = texts;
        foreach (var (parameter, written) in texts)
        {
            _values[parameter] = parameter.ParseAll(written);
        }

        Path = path;
        CanonicalText = FormatAddress(path, texts.Where(at => at.Parameter is { IsInPath: false, AffectsShape: false }));
    }

    /// <summary>The path of the request, without the extension that selects a format.</summary>
    public string Path { get; }

    /// <summary>
    /// The path and the parameters that determine the query, in a fixed order and without default values. Equal queries have equal texts.
    /// </summary>
    public string CanonicalText { get; }

    /// <summary>The parameters outside the path, as they were sent.</summary>
    internal IEnumerable<(string Name, string Value)> QueryPairs =>
        _texts.Where(at => !at.Parameter.IsInPath).SelectMany(at => at.Texts.Select(text => (at.Parameter.Name, text)));

    public T Get<T>(Parameter<T> parameter) => _values.TryGetValue(parameter, out var value) ? (T)value! : parameter.DefaultValue;

    /// <summary>Returns the value of a required parameter, which every accepted request has.</summary>
    public T GetRequired<T>(Parameter<T?> parameter)
        where T : struct => Get(parameter)!.Value;

    public bool Has(Parameter parameter) => _values.ContainsKey(parameter);

    /// <summary>Returns the address, without host, of the same request with some parameters replaced, or removed where the value is null.</summary>
    public string GetAddress(params ReadOnlySpan<(Parameter Parameter, string? Value)> others)
    {
        var pairs = new List<(Parameter Parameter, IReadOnlyList<string> Texts)>();
        foreach (var pair in _texts)
        {
            var replaced = pair.Parameter.IsInPath;
            foreach (var (parameter, _) in others)
            {
                replaced |= ReferenceEquals(parameter, pair.Parameter);
            }

            if (!replaced)
            {
                pairs.Add(pair);
            }
        }

        foreach (var (parameter, value) in others)
        {
            if (value is not null)
            {
                pairs.Add((parameter, [value]));
            }
        }

        return FormatAddress(Path, pairs);
    }

    private static string FormatAddress(string path, IEnumerable<(Parameter Parameter, IReadOnlyList<string> Texts)> pairs)
    {
        var address = new StringBuilder(path);
        var separator = '?';
        foreach (var (parameter, texts) in pairs.OrderBy(at => at.Parameter.Name, StringComparer.Ordinal))
        {
            foreach (var text in texts)
            {
                if (text != parameter.Default)
                {
                    address.Append(separator).Append(parameter.Name).Append('=').Append(Uri.EscapeDataString(text));
                    separator = '&';
                }
            }
        }

        return address.ToString();
    }
}
