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
    public bool InPath { get; init; }

    /// <summary>Says in what shape the answer is wanted, not what is asked: it makes no other question of it.</summary>
    public bool IsOfShape { get; init; }

    /// <summary>The only values; empty where there are others.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What is meant where it is left out; null where that is nothing.</summary>
    public string? Default { get; init; }

    /// <summary>For the documentation.</summary>
    public string? Example { get; init; }

    /// <summary><c>string</c>, <c>integer</c>, <c>number</c> or <c>boolean</c>, as JSON Schema has it.</summary>
    public string Type { get; init; } = "string";

    public long? Least { get; init; }

    public long? Most { get; init; }

    /// <summary>Reads the values as they stand in the request, at least one. Throws <see cref="Errors.ProblemException"/>.</summary>
    internal abstract object? ReadAll(IReadOnlyList<string> texts);

    public static Parameter<string?> Text(string name, string description) => new(name, description, texts => texts[0], null);

    public static Parameter<IReadOnlyList<string>> Texts(string name, string description) => new(name, description, texts => texts, []) { IsMany = true };

    /// <summary>Lists with commas; several are one after the other.</summary>
    public static Parameter<IReadOnlyList<string>> List(string name, string description) =>
        new(name, description, texts => [.. QueryWords.Split(texts)], []) { IsMany = true };

    public static Parameter<int?> Whole(string name, string description, int least = int.MinValue, int most = int.MaxValue) =>
        new(name, description, texts => (int?)ReadWhole(name, texts[0], least, most), null) { Type = "integer", Least = least, Most = most };

    public static Parameter<long?> Id(string name, string description) =>
        new(name, description, texts => ReadWhole(name, texts[0], 1, long.MaxValue), null) { Type = "integer", Least = 1 };

    public static Parameter<decimal?> Number(string name, string description, decimal least, decimal most) => new(
        name,
        description,
        texts => decimal.TryParse(texts[0], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : throw Errors.Problems.BadParameter(name, string.Create(CultureInfo.InvariantCulture, $"'{texts[0]}' is no number from {least} to {most}.")),
        null)
    { Type = "number", Least = (long)least, Most = (long)most };

    public static Parameter<bool> Flag(string name, string description) => new(
        name,
        description,
        texts => texts[0] switch
        {
            "true" => true,
            "false" => false,
            var other => throw Errors.Problems.BadParameter(name, $"'{other}' is neither true nor false."),
        },
        false)
    { Type = "boolean", Default = "false" };

    /// <summary>One of the words of an enumeration; the value that is 0 is meant where it is left out.</summary>
    public static Parameter<T> Word<T>(string name, Func<T, string> word, string description)
        where T : struct, Enum
    {
        var known = Enum.GetValues<T>().ToDictionary(word, value => value, StringComparer.Ordinal);
        return new(name, description, texts => known[texts[0]], default) { Words = [.. known.Keys], Default = word(default) };
    }

    /// <summary>One of a list of words.</summary>
    public static Parameter<string?> Word(string name, IReadOnlyList<string> words, string description) =>
        new(name, description, texts => texts[0], null) { Words = words };

    // An option of reports and queries as a parameter.
    public static Parameter<string?> Text(QueryOption option) => Text(option.Name, option.Meaning) with { Example = option.Example };

    public static Parameter<IReadOnlyList<string>> Texts(QueryOption option) => Texts(option.Name, option.Meaning) with { Example = option.Example };

    public static Parameter<IReadOnlyList<string>> List(QueryOption option) =>
        List(option.Name, option.Meaning) with { Example = option.Example, IsRequired = option.IsRequired };

    public static Parameter<int?> Whole(QueryOption option) =>
        Whole(option.Name, option.Meaning, option.Least, option.Most) with { Example = option.Example, Default = option.Default };

    public static Parameter<decimal?> Number(QueryOption option) => Number(option.Name, option.Meaning, option.Least, option.Most) with { Example = option.Example };

    public static Parameter<bool> Flag(QueryOption option) => Flag(option.Name, option.Meaning);

    public static Parameter<string?> Word(QueryOption option) => Word(option.Name, option.Words, option.Meaning);

    public static Parameter<T> Word<T>(QueryOption option, Func<T, string> word)
        where T : struct, Enum => Word(option.Name, word, option.Meaning);

    private static long ReadWhole(string name, string text, long least, long most) =>
        !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? throw Errors.Problems.BadParameter(name, $"'{text}' is no whole number, or too large a one.")
            : number >= least && number <= most
                ? number
                : throw Errors.Problems.BadParameter(
                    name, string.Create(CultureInfo.InvariantCulture, $"{number} is out of range: write {least} {(most == long.MaxValue || most == int.MaxValue ? "or more" : $"to {most}")}."));
}

/// <summary>A parameter with values of one type.</summary>
/// <param name="Read">Makes a value of the texts of a request, of which there is at least one and none is empty.</param>
/// <param name="Missing">The value where the request has none.</param>
public sealed record Parameter<T>(string Name, string Description, Func<IReadOnlyList<string>, T> Read, T Missing) : Parameter(Name, Description)
{
    internal override object? ReadAll(IReadOnlyList<string> texts) => Read(texts);
}
