using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CineLedger.Web.Uploads;

/// <summary>Receives, shows and deletes uploads.</summary>
internal sealed class UploadHandlers(UploadStore uploads, LedgerPool pool)
{
    private const string Path = "/api/v1/uploads";

    /// <summary>The media types of files. curl sends the last one by default.</summary>
    private static readonly string[] MediaTypes =
    [
        "application/octet-stream", "text/csv", "text/plain", "application/zip", "application/gzip", "application/x-gzip", "application/x-ndjson",
        "application/x-www-form-urlencoded",
    ];

    public static Parameter<string?> Name { get; } = Parameter.CreateText("name", "The name of the file, which the ledger records as the source of its load.") with
    {
        Example = "movies_metadata.csv",
    };

    public static Parameter<string?> Id { get; } = Parameter.CreateText("id", "The ID that was returned when the file was uploaded.") with
    {
        IsInPath = true,
        Example = "5f0c9a3e8d7b4c2190ab5cd1e2f34567",
    };

    public async Task PostAsync(HttpContext http, ParameterValues values)
    {
        CheckWritable();
        if (http.Request.ContentType is { } type && !MediaTypes.Contains(type.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase))
        {
            throw Problems.UnsupportedMediaType($"Content-Type: send the file itself as the body, as {MediaTypes[0]}, not as '{type}'.");
        }

        if (http.Request.Headers.ContentEncoding is { Count: > 0 } coding)
        {
            throw Problems.UnsupportedMediaType($"Content-Encoding: '{coding}' is not supported; a gzip file is recognized by its content.");
        }

        AuditMiddleware.SetTarget(http, $"upload {values.Get(Name)}");
        RemoveBodyLimit(http);
        var upload = await ReceiveAsync(http, http.Request.Body, values.Get(Name), http.Request.ContentLength);
        http.Response.Headers.Location = $"{Path}/{upload.Id}";
        await OperationBody.WriteAsync(http, StatusCodes.Status201Created, UploadView.Create(upload), UploadJson.Readable.DataResponseUploadView);
    }

    public Task GetAsync(HttpContext http, ParameterValues values) =>
        OperationBody.WriteAsync(http, StatusCodes.Status200OK, UploadView.Create(uploads.GetRequired(values.Get(Id)!)), UploadJson.Readable.DataResponseUploadView);

    public async Task DeleteAsync(HttpContext http, ParameterValues values)
    {
        CheckWritable();
        if (!await uploads.DeleteAsync(uploads.GetRequired(values.Get(Id)!)))
        {
            throw Problems.Busy("a load is reading this upload: cancel the load first.");
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Removes the size limit for request bodies; the limit for sources applies instead.</summary>
    public static void RemoveBodyLimit(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }

    private async Task<Upload> ReceiveAsync(HttpContext http, Stream body, string? name, long? length)
    {
        try
        {
            return await uploads.AddAsync(body, name, length, http.RequestAborted);
        }
        catch (SourceTooLargeException error)
        {
            throw Problems.TooLarge(error.Message);
        }
        catch (LedgerException error) when (error is { InnerException: null } and not QualityGateException)
        {
            throw Problems.InvalidBody(error.Message, null);
        }
    }

    private void CheckWritable()
    {
        if (pool.IsReadOnly)
        {
            throw Problems.ReadOnlyServer();
        }
    }
}
