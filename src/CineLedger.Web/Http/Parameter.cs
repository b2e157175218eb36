using System.Globalization;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Http;

/// <summary>
/// A parameter of an endpoint: how it is read and checked, and what its documentation says. Parameters are written down once, as
/// static members; an endpoint lists those it takes, and asks <see cref="ParameterValues"/> for their values by them.
/// </summary>
public abstract record Parameter(string Name, string Description)
{
    /// <summary>May stand in a request more than once.</summary>
    public bool IsMany { get; init; }

    /// <summary>A request without it is an error.</summary>
    public bool IsRequired { get; init; }

    /// <summary>A part of the path.</summary>
    public bool IsInPath { get; init; }

    /// <summary>Says in what shape the answer is wanted, not what is asked: it makes no other question of it.</summary>
    public bool AffectsShape { get; init; }

    /// <summary>The only values; empty where there are others.</summary>
    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    /// <summary>What is meant where it is left out; null where that is nothing.</summary>
    public string? Default { get; init; }

    /// <summary>For the documentation.</summary>
    public string? Example { get; init; }

    /// <summary><c>string</c>, <c>integer</c>, <c>number</c> or <c>boolean</c>, as JSON Schema has it.</summary>
    public string Type { get; init; } = "string";

    public long? Min { get; init; }

    public long? Max { get; init; }

    /// <summary>Reads the values as they stand in the request, at least one. Throws <see cref="Errors.ProblemException"/>.</summary>
    internal abstract object? ParseAll(IReadOnlyList<string> texts);

    public static Parameter<string?> CreateText(string name, string description) => new(name, description, texts => texts[0], null);

    public static Parameter<IReadOnlyList<string>> CreateTexts(string name, string description) => new(name, description, texts => texts, []) { IsMany = true };

    /// <summary>Lists with commas; several are one after the other.</summary>
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
            : throw Errors.Problems.InvalidParameter(name, string.Create(CultureInfo.InvariantCulture, $"'{texts[0]}' is no number from {min} to {max}.")),
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

    /// <summary>One of the words of an enumeration; the value that is 0 is meant where it is left out.</summary>
    public static Parameter<T> CreateEnum<T>(string name, Func<T, string> word, string description)
        where T : struct, Enum
    {
        var known = Enum.GetValues<T>().ToDictionary(word, value => value, StringComparer.Ordinal);
        return new(name, description, texts => known[texts[0]], default) { AllowedValues = [.. known.Keys], Default = word(default) };
    }

    /// <summary>One of a list of words.</summary>
    public static Parameter<string?> CreateEnum(string name, IReadOnlyList<string> words, string description) =>
        new(name, description, texts => texts[0], null) { AllowedValues = words };

    // An option of reports and queries as a parameter.
    public static Parameter<string?> CreateText(QueryOption option) => CreateText(option.Name, option.Meaning) with { Example = option.Example };

    public static Parameter<IReadOnlyList<string>> CreateTexts(QueryOption option) => CreateTexts(option.Name, option.Meaning) with { Example = option.Example };

    public static Parameter<IReadOnlyList<string>> CreateList(QueryOption option) =>
        CreateList(option.Name, option.Meaning) with { Example = option.Example, IsRequired = option.IsRequired };

    public static Parameter<int?> CreateInteger(QueryOption option) =>
        CreateInteger(option.Name, option.Meaning, option.Least, option.Most) with { Example = option.Example, Default = option.Default };

    public static Parameter<decimal?> CreateNumber(QueryOption option) => CreateNumber(option.Name, option.Meaning, option.Least, option.Most) with { Example = option.Example };

    public static Parameter<bool> CreateFlag(QueryOption option) => CreateFlag(option.Name, option.Meaning);

    public static Parameter<string?> CreateEnum(QueryOption option) => CreateEnum(option.Name, option.Words, option.Meaning);

    public static Parameter<T> CreateEnum<T>(QueryOption option, Func<T, string> word)
        where T : struct, Enum => CreateEnum(option.Name, word, option.Meaning);

    private static long ParseInteger(string name, string text, long min, long max) =>
        !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? throw Errors.Problems.InvalidParameter(name, $"'{text}' is no whole number, or too large a one.")
            : number >= min && number <= max
                ? number
                : throw Errors.Problems.InvalidParameter(
                    name, string.Create(CultureInfo.InvariantCulture, $"{number} is out of range: write {min} {(max == long.MaxValue || max == int.MaxValue ? "or more" : $"to {max}")}."));
}

/// <summary>A parameter with values of one type.</summary>
/// <param name="Parse">Makes a value of the texts of a request, of which there is at least one and none is empty.</param>
/// <param name="DefaultValue">The value where the request has none.</param>
public sealed record Parameter<T>(string Name, string Description, Func<IReadOnlyList<string>, T> Parse, T DefaultValue) : Parameter(Name, Description)
{
    internal override object? ParseAll(IReadOnlyList<string> texts) => Parse(texts);
}
