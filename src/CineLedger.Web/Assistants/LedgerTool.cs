using System.Globalization;
using System.Text;
using System.Text.Json;
using CineLedger.Reports.Queries;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Queries;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CineLedger.Web.Assistants;

/// <summary>
/// A resource as a tool. Parameters, results and caching are the same as over HTTP. The result is the JSON of the HTTP response, also as structured
/// content, after a note that its texts are not to be trusted; an error is the detail of the problem.
/// </summary>
internal sealed class LedgerTool : McpServerTool
{
    /// <summary>The default size of a page. Pages are small because an assistant pays for everything it reads.</summary>
    public const int DefaultRows = 50;

    public const int MaxRows = 1_000;

    private readonly List<(string Word, ResourceEndpoint Resource, ParameterSet Parameters)> _choices;
    private readonly string? _choice;
    private readonly ILogger _logger;

    /// <param name="definition">The definition of the tool.</param>
    /// <param name="resources">All mapped resources.</param>
    /// <param name="logger">The logger for failures.</param>
    public LedgerTool(ToolDefinition definition, IReadOnlyList<ResourceEndpoint> resources, ILogger logger)
    {
        _logger = logger;
        var fits = resources.Where(resource => resource.Path == definition.Path).ToList();
        if (fits.Count == 0)
        {
            var brace = definition.Path.LastIndexOf('{');
            _choice = definition.Path[(brace + 1)..^1];
            fits = [.. resources.Where(resource => !resource.IsFile && resource.Path.StartsWith(definition.Path[..brace], StringComparison.Ordinal))];
        }

        // The format is always JSON. Totals are left out because the row of totals follows all others, which does not work with pages.
        _choices = [.. fits.Select(resource => (
            resource.Path[(resource.Path.LastIndexOf('/') + 1)..],
            resource,
            new ParameterSet(resource.Parameters.All.Where(parameter => parameter != CommonParameters.Format && parameter != QueryParameters.Totals))))];
        var first = _choices[0];
        ProtocolTool = new Tool
        {
            Name = definition.Name,
            Title = definition.Title,
            Description = $"{definition.Description} {ToolDefinition.UntrustedHint}",
            InputSchema = ToolSchemas.CreateInput(first.Parameters.All, _choice is null ? null : (_choice, _choices.Select(option => option.Word))),
            OutputSchema = ToolSchemas.CreateOutput(first.Resource.IsDocument),

            // An open world: the texts are those of a dataset that anybody may have edited.
            Annotations = new ToolAnnotations { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
        };
    }

    public override Tool ProtocolTool { get; }

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        try
        {
            var body = await QueryAsync(request.Params?.Arguments ?? new Dictionary<string, JsonElement>(), cancellationToken);
            return new CallToolResult
            {
                Content = [new TextContentBlock { Text = ToolDefinition.UntrustedNote }, new TextContentBlock { Text = Encoding.UTF8.GetString(body).TrimEnd('\n') }],
                StructuredContent = JsonDocument.Parse(body).RootElement,
            };
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            var problem = Problems.CreateWithoutDetails(error);
            if (problem.Status >= 500)
            {
                _logger.ToolFailed(ProtocolTool.Name, error.Message, problem.Type == "/problems/failed" ? error : null);
            }

            return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = problem.Detail }] };
        }
    }

    private async Task<byte[]> QueryAsync(IDictionary<string, JsonElement> arguments, CancellationToken cancellationToken)
    {
        var texts = arguments.Where(argument => argument.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(argument => argument.Key, argument => ParseTexts(argument.Key, argument.Value), StringComparer.Ordinal);
        var (_, resource, parameters) = SelectChoice(texts);
        var path = resource.Path;
        var inPath = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in parameters.All.Where(parameter => parameter.IsInPath))
        {
            if (!texts.Remove(parameter.Name, out var value))
            {
                throw Problems.InvalidParameter(parameter.Name, $"the value is missing. {parameter.Description}");
            }

            inPath[parameter.Name] = value.ToString();
            path = path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(value.ToString()), StringComparison.Ordinal);
        }

        if (!resource.IsDocument)
        {
            texts.TryAdd(CommonParameters.Limit.Name, DefaultRows.ToString(CultureInfo.InvariantCulture));
        }

        var values = parameters.Read(path, texts, name => inPath[name]);
        return values.Get(CommonParameters.Limit) > MaxRows
            ? throw Problems.InvalidParameter(CommonParameters.Limit.Name, $"a tool returns at most {MaxRows} rows: narrow the query, or continue with cursor.")
            : await resource.ReadJsonAsync(values, cancellationToken);
    }

    private (string Word, ResourceEndpoint Resource, ParameterSet Parameters) SelectChoice(Dictionary<string, StringValues> texts)
    {
        if (_choice is null)
        {
            return _choices[0];
        }

        var choice = texts.Remove(_choice, out var value)
            ? value.ToString()
            : throw Problems.InvalidParameter(_choice, $"the value is missing: use one of {JoinNames()}.");
        var at = _choices.FindIndex(option => option.Word.Equals(choice, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? _choices[at] : throw Problems.InvalidParameter(
            _choice, $"'{choice}' is not one of {JoinNames()}{NearestNames.BuildQuestion(choice, _choices.Select(option => option.Word))}");

        string JoinNames() => string.Join(", ", _choices.Select(option => option.Word));
    }

    private static StringValues ParseTexts(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Array
            ? throw Problems.InvalidParameter(name, "lists of lists are not supported: use a list of values.")
            : ParseTexts(name, item).ToString()).ToArray(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object => throw Problems.InvalidParameter(name, "objects are not supported: use a value or a list of values."),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };
}
