using System.Globalization;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Http;

/// <summary>
/// A parameter of an endpoint: how it is read, checked and documented. Each parameter is defined once, as a static member. An endpoint lists its
/// parameters and gets their values from <see cref="ParameterValues"/>.
/// </summary>
public abstract record Parameter(string Name, string Description)
{
    /// <summary>True when a request may contain the parameter more than once.</summary>
    public bool IsMany { get; init; }

    /// <summary>True when a request without the parameter is an error.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when the parameter is part of the path.</summary>
    public bool IsInPath { get; init; }

    /// <summary>True when the parameter selects the form of the response, not its data, so that it does not belong to the query.</summary>
    public bool AffectsShape { get; init; }

    /// <summary>The valid values; empty when they are not restricted to a list.</summary>
    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    /// <summary>Builds the end of the message about a value that is not listed; null to suggest similar values.</summary>
    internal Func<string, string>? BuildQuestion { get; init; }

    /// <summary>The default value; null without one.</summary>
    public string? Default { get; init; }

    /// <summary>A value for the documentation.</summary>
    public string? Example { get; init; }

    /// <summary>The type in JSON Schema: <c>string</c>, <c>integer</c>, <c>number</c> or <c>boolean</c>.</summary>
    public string Type { get; init; } = "string";

    public long? Min { get; init; }

    public long? Max { get; init; }

    /// <summary>Parses the texts in the request, of which there is at least one. Throws <see cref="Errors.ProblemException"/>.</summary>
    internal abstract object? ParseAll(IReadOnlyList<string> texts);

    public static Parameter<string?> CreateText(string name, string description) => new(name, description, texts => texts[0], null);

    public static Parameter<IReadOnlyList<string>> CreateTexts(string name, string description) => new(name, description, texts => texts, []) { IsMany = true };

    /// <summary>Creates a parameter with comma-separated lists. Repeated lists are concatenated.</summary>
    public static Parameter<IReadOnlyList<string>> CreateList(string name, string description) =>
        new(name, description, texts => [.. CommaSeparatedLists.Split(texts)], []) { IsMany = true };

    public static Parameter<int?> CreateInteger(string name, string description, int min = int.MinValue, int max = int.MaxValue) =>
        new(name, description, texts => (int?)ParseInteger(name, texts[0], min, max), null) { Type = "integer", Min = min, Max = max };

    public static Parameter<long?> CreateId(string name, string description) =>
        new(name, description, texts => ParseInteger(name, texts[0], 1, long.MaxValue), null) { Type = "integer", Min = 1 };

    public static Parameter<decimal?> CreateNumber(string name, string description, decimal min, decimal max) => new(
        name,
        description,
        texts => decimal.TryParse(texts[0], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw Errors.Problems.InvalidParameter(name, string.Create(CultureInfo.InvariantCulture, $"'{texts[0]}' is not a number from {min} to {max}.")),
        null)
    { Type = "number", Min = (long)min, Max = (long)max };

    public static Parameter<bool> CreateFlag(string name, string description) => new(
        name,
        description,
        texts => texts[0] switch
        {
            "true" => true,
            "false" => false,
            var other => throw Errors.Problems.InvalidParameter(name, $"'{other}' is neither true nor false."),
        },
        false)
    { Type = "boolean", Default = "false" };

    /// <summary>Creates a parameter with the names of an enumeration. The default is the value 0.</summary>
    public static Parameter<T> CreateEnum<T>(string name, Func<T, string> word, string description)
        where T : struct, Enum
    {
        var known = Enum.GetValues<T>().ToDictionary(word, value => value, StringComparer.Ordinal);
        return new(name, description, texts => known[texts[0]], default) { AllowedValues = [.. known.Keys], Default = word(default) };
    }

    /// <summary>Creates a parameter with a list of valid values.</summary>
    public static Parameter<string?> CreateEnum(string name, IReadOnlyList<string> words, string description) =>
        new(name, description, texts => texts[0], null) { AllowedValues = words };

    // The following methods create a parameter from an option of reports and queries.
    public static Parameter<string?> CreateText(QueryOption option) => CreateText(option.Name, option.Meaning) with { Example = option.Example };

    public static Parameter<IReadOnlyList<string>> CreateTexts(QueryOption option) => CreateTexts(option.Name, option.Meaning) with { Example = option.Example };

    public static Parameter<IReadOnlyList<string>> CreateList(QueryOption option) =>
        CreateList(option.Name, option.Meaning) with { Example = option.Example, IsRequired = option.IsRequired };

    public static Parameter<int?> CreateInteger(QueryOption option) =>
        CreateInteger(option.Name, option.Meaning, option.Min, option.Max) with { Example = option.Example, Default = option.Default };

    public static Parameter<decimal?> CreateNumber(QueryOption option) =>
        CreateNumber(option.Name, option.Meaning, option.Min, option.Max) with { Example = option.Example };

    public static Parameter<bool> CreateFlag(QueryOption option) => CreateFlag(option.Name, option.Meaning);

    public static Parameter<string?> CreateEnum(QueryOption option) => CreateEnum(option.Name, option.AllowedValues, option.Meaning);

    public static Parameter<T> CreateEnum<T>(QueryOption option, Func<T, string> word)
        where T : struct, Enum => CreateEnum(option.Name, word, option.Meaning);

    private static long ParseInteger(string name, string text, long min, long max) =>
        !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? throw Errors.Problems.InvalidParameter(name, $"'{text}' is not a whole number, or is too large.")
            : number >= min && number <= max
                ? number
                : throw Errors.Problems.InvalidParameter(
                    name,
                    string.Create(CultureInfo.InvariantCulture, $"{number} is out of range: use {min} {(max == long.MaxValue || max == int.MaxValue ? "or more" : $"to {max}")}."));
}

/// <summary>A parameter with values of one type.</summary>
/// <param name="Parse">Parses the texts in a request. There is at least one, and none is empty.</param>
/// <param name="DefaultValue">The value when the request has none.</param>
public sealed record Parameter<T>(string Name, string Description, Func<IReadOnlyList<string>, T> Parse, T DefaultValue) : Parameter(Name, Description)
{
    internal override object? ParseAll(IReadOnlyList<string> texts) => Parse(texts);
}
