using CineLedger.Model;
using CineLedger.Web.Errors;
using CineLedger.Web.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CineLedger.Web.Dashboard.Load;

/// <summary>The form of the load pages. Its file is stored while it arrives.</summary>
/// <param name="Upload">The ID of the uploaded file.</param>
/// <param name="IsDryRun">Whether to show only what the load would do.</param>
/// <param name="IsMerge">Whether movies that the file lacks are kept.</param>
/// <param name="Accept">The gates that do not stop the load.</param>
internal sealed record LoadForm(string Upload, bool IsDryRun, bool IsMerge, IReadOnlyList<string> Accept)
{
    private const int MaxFields = 40;
    private const int MaxFieldLength = 200;

    /// <exception cref="UploadRefusedException">The file is refused.</exception>
    /// <exception cref="ProblemException">The request is not a form of these pages.</exception>
    public static async Task<LoadForm> ReadAsync(HttpContext http, UploadStore uploads)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 100 } boundary)
        {
            throw Problems.UnsupportedMediaType("send the form as multipart/form-data.");
        }

        UploadHandlers.RemoveBodyLimit(http);
        var reader = new MultipartReader(boundary.ToString(), http.Request.Body);
        var fields = new List<(string Name, string Value)>();
        string? upload = null;
        try
        {
            while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } disposition || fields.Count == MaxFields)
                {
                    throw Problems.BadRequest("the form has a part without a name, or too many parts.");
                }

                if (disposition.IsFileDisposition())
                {
                    upload = await ReceiveAsync(section.AsFileSection()!, upload, uploads, http.RequestAborted);
                }
                else
                {
                    fields.Add((HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), await ReadFieldAsync(section.Body, http.RequestAborted)));
                }
            }
        }
        catch (InvalidDataException)
        {
            throw Problems.BadRequest("the form is incomplete.");
        }

        var given = fields.ToLookup(field => field.Name, field => field.Value);
        return new(
            upload ?? given["upload"].FirstOrDefault() ?? throw Problems.BadRequest("the form has no file: choose one."),
            upload is not null || given["action"].FirstOrDefault() != "load",
            given["merge"].Any(),
            [.. given["accept"]]);
    }

    private static async Task<string> ReceiveAsync(FileMultipartSection section, string? earlier, UploadStore uploads, CancellationToken cancellationToken)
    {
        if (earlier is not null || string.IsNullOrEmpty(section.FileName))
        {
            throw Problems.BadRequest("the form must have one file: choose one.");
        }

        try
        {
            return (await uploads.AddAsync(section.FileStream!, section.FileName, length: null, cancellationToken)).Id;
        }
        catch (LedgerException error)
        {
            throw new UploadRefusedException(section.FileName, error);
        }
    }

    private static async Task<string> ReadFieldAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxFieldLength + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxFieldLength ? System.Text.Encoding.UTF8.GetString(bytes, 0, length) : throw Problems.BadRequest("a field of the form is too long.");
    }
}

/// <summary>A file was refused while it arrived.</summary>
internal sealed class UploadRefusedException(string name, LedgerException error) : Exception(error.Message, error)
{
    /// <summary>The file's name, as the sender gave it.</summary>
    public string Name => DisplayText.RemoveControls(name);

    public LedgerException Error => error;
}
