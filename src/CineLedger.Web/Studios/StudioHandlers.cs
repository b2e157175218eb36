using System.Globalization;
using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Reports.Studios;
using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CineLedger.Web.Studios;

/// <summary>Replaces the list of studios.</summary>
internal sealed class StudioHandlers(LedgerPool pool, LedgerReaders readers)
{
    /// <summary>The name of the list in messages, and the source of its snapshot.</summary>
    private const string Name = "studios.csv over HTTP";

    /// <summary>The media types of CSV files. curl sends the last one by default.</summary>
    private static readonly string[] MediaTypes = ["text/csv", "text/plain", "application/x-www-form-urlencoded"];

    public static Parameter<bool> AllowUnknown { get; } =
        Parameter.CreateFlag("allowUnknown", "Accepts names that are not companies of the ledger, for example those of a larger dataset.");

    public static Parameter<bool> DryRun { get; } = Parameter.CreateFlag("dryRun", "Only checks the list, and changes nothing.");

    public async Task PutAsync(HttpContext http, ParameterValues values)
    {
        if (pool.IsReadOnly)
        {
            throw Problems.ReadOnlyServer();
        }

        AuditMiddleware.SetTarget(http, values.Get(DryRun) ? $"{Name} (dry run)" : Name);
        var list = await ReadBodyAsync(http);

        // A list with problems is refused even while a load is running.
        var report = await CheckAsync(list, values, http.RequestAborted);
        report = values.Get(DryRun) ? report : await ImportAsync(list, values, http.RequestAborted);
        http.Response.Headers[LedgerHeaders.Snapshot] = report.Snapshot.Id.ToString(CultureInfo.InvariantCulture);
        await OperationBody.WriteAsync(http, StatusCodes.Status200OK, StudioListView.Create(report), StudioJson.Readable.DataResponseStudioListView);
    }

    private async Task<StudioListReport> CheckAsync(StudioListFile list, ParameterValues values, CancellationToken cancellationToken)
    {
        await using var reader = await readers.RentCurrentAsync(pool.Newest?.Id, cancellationToken);
        return await StudioListImport.CheckAsync(reader.Connection, list, values.Get(AllowUnknown), cancellationToken);
    }

    private async Task<StudioListReport> ImportAsync(StudioListFile list, ParameterValues values, CancellationToken cancellationToken)
    {
        StudioListReport report;
        await using (var ledger = await pool.OpenForLoadAsync(wait: false, cancellationToken))
        {
            report = await StudioListImport.RunAsync(ledger, list, values.Get(AllowUnknown), cancellationToken);
        }

        // The caller finds the new studios here, even if standbys lag behind.
        await pool.RefreshAsync(null, cancellationToken);
        return report;
    }

    private static async Task<StudioListFile> ReadBodyAsync(HttpContext http)
    {
        if (http.Request.ContentType is { } type && !MediaTypes.Contains(type.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase))
        {
            throw Problems.UnsupportedMediaType($"Content-Type: send the list as {MediaTypes[0]}, not as '{type}'.");
        }

        if (http.Request.Headers.ContentEncoding is { Count: > 0 } coding)
        {
            throw Problems.UnsupportedMediaType($"Content-Encoding: '{coding}' is not supported; send the list uncompressed.");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = StudioFile.MaxBytes + 1;
        }

        try
        {
            return await StudioFile.OpenAsync(http.Request.Body, "the body", http.RequestAborted) with { Name = Name };
        }
        catch (SourceTooLargeException error)
        {
            throw Problems.TooLarge(error.Message);
        }
        catch (LedgerException error) when (error is not StudioListException)
        {
            throw Problems.BadRequest(error.Message);
        }
    }
}
