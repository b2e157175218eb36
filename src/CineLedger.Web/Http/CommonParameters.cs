using CineLedger.Reports.Queries;

namespace CineLedger.Web.Http;

/// <summary>Parameters that many endpoints have.</summary>
public static class CommonParameters
{
    public static Parameter<int?> Snapshot { get; } = Parameter.CreateInteger(QueryOption.Snapshot) with
    {
        AffectsShape = true,
        Description = $"{QueryOption.Snapshot.Meaning} The response then never changes.",
    };

    public static Parameter<int?> Seen { get; } = Parameter.CreateInteger(
        "seen", "The newest snapshot that the client has seen: `meta.since` then describes the changes since. The response is never from an older one.", min: 1)
        with
    { AffectsShape = true, Example = "1" };

    public static Parameter<string?> Format { get; } = Parameter.CreateEnum(
        "format", ResponseFormats.Names, "The format of the response, instead of the `Accept` header. Default: json. The other formats contain every row unless a limit is given.")
        with
    { AffectsShape = true, Default = "json", BuildQuestion = Export.OutputFormatInfo.BuildQuestion };

    public static Parameter<int?> Limit { get; } = Parameter.CreateInteger(QueryOption.Limit) with
    {
        AffectsShape = true,
        Description = $"{QueryOption.Limit.Meaning[..^1]}; a page of JSON has 1000 rows by default and at most 10000.",
    };

    public static Parameter<string?> Cursor { get; } = Parameter.CreateText("cursor", "The `meta.next` of a page; returns the page after it, of the same snapshot.")
        with
    { AffectsShape = true };

    /// <summary>The common parameters of tables.</summary>
    public static IReadOnlyList<Parameter> ForPages { get; } = [Snapshot, Limit, Format, Cursor, Seen];

    /// <summary>The common parameters of documents.</summary>
    public static IReadOnlyList<Parameter> ForDocuments { get; } = [Snapshot, Seen];
}
