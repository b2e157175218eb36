using System.Globalization;

namespace CineLedger.Reports;

/// <summary>A statement being put together: its values go in as parameters, never into the text.</summary>
public sealed class SqlText
{
    private readonly List<object?> _parameters = [];

    public string Text { get; set; } = "";

    public IReadOnlyList<object?> Parameters => _parameters;

    /// <summary>Takes a value; returns the place that stands for it in the text: <c>$1</c>, <c>$2</c> …</summary>
    public string Add(object? value)
    {
        _parameters.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_parameters.Count}");
    }

    /// <summary>Takes several values; returns <c>$3, $4, $5</c>.</summary>
    public string AddAll(IEnumerable<string> values) => string.Join(", ", values.Select(Add));
}
