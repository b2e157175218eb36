using CineLedger.Sources;
using CineLedger.Web.Errors;
using CineLedger.Web.Uploads;

namespace CineLedger.Web.Loads;

/// <summary>The source of a load over HTTP: a path or address, or an uploaded file.</summary>
/// <param name="Address">The path or address; empty for an uploaded file.</param>
/// <param name="Upload">The uploaded file; null for an address.</param>
internal sealed record LoadSource(string Address, Upload? Upload)
{
    /// <summary>The name of the source, without credentials.</summary>
    public string DisplayName => Upload?.Name ?? SourceAddress.Parse(Address).DisplayName;

    /// <summary>Returns the source of a request. Throws a <see cref="ProblemException"/> if it is not allowed, or if this server does not have the upload.</summary>
    public static LoadSource Create(LoadRequest request, UploadStore uploads, WebOptions options) => request switch
    {
        { Source: { } source, Upload: null } => new(LoadSourceValidator.Check(source, options), null),
        { Source: null, Upload: { } id } => new("", uploads.GetRequired(id)),
        _ => throw Problems.InvalidParameter("source", "give either `source` or `upload`."),
    };

    public Task<Dataset> OpenAsync(SourceOptions options, CancellationToken cancellationToken) =>
        Upload is null ? SourceOpener.OpenAsync(Address, options, cancellationToken) : Upload.Copy.OpenAsync(options, cancellationToken);
}
