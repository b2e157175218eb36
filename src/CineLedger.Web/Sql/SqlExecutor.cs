using System.Globalization;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.SqlSandbox;
using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Sql;

/// <summary>
/// Executes SQL statements, a few at a time, each with limits of time, memory and rows. Results are not cached, because a statement may depend on
/// the current time.
/// </summary>
internal sealed class SqlExecutor(LedgerPool pool, SnapshotSelector snapshots, WebOptions options) : IDisposable
{
    /// <summary>The maximum number of concurrent statements. Each may use all processors and <see cref="SqlLimits.Memory"/>.</summary>
    private const int MaxConcurrency = 2;

    private const int MaxBufferedBytes = 1 << 20;

    private readonly SemaphoreSlim _slots = new(MaxConcurrency);

    public async Task WriteAsync(HttpContext http, string sql, ParameterValues values)
    {
        var format = ResponseFormats.Select(values, http.Request, documentsOnly: false);
        var limits = SqlLimits.Default with { MaxRows = GetMaxRows(values, format) };
        var snapshot = await snapshots.SelectAsync(values.Get(CommonParameters.Snapshot), seen: null, http.RequestAborted);
        await _slots.WaitAsync(http.RequestAborted);
        try
        {
            await using var ledger = await pool.OpenForSqlAsync(snapshot, http.RequestAborted);
            await using var result = await AdHocSql.OpenAsync(ledger, sql, snapshot, limits, http.RequestAborted);
            await WriteAsync(http, result, snapshot, format, limits.MaxRows);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private static async Task WriteAsync(HttpContext http, SqlResult result, Snapshot snapshot, OutputFormat format, long max)
    {
        var response = http.Response;
        var identity = new ResponseIdentity(snapshot, IsPermanent: false, "sql");
        var output = new BufferingStream(response, MaxBufferedBytes, () => AddHeaders(response, format, identity));
        await using (var writer = OutputFormatInfo.Get(format).CreateWriter(output))
        {
            await writer.BeginAsync(result.Columns, http.RequestAborted);
            while (await result.Rows.ReadAsync(http.RequestAborted))
            {
                await writer.WriteAsync(result.Rows, http.RequestAborted);
            }

            string[] notes = result.IsTruncated ? [string.Create(CultureInfo.InvariantCulture, $"There are more than {max} rows: raise limit.")] : [];
            await writer.EndAsync(new ResultInfo(snapshot, null) { Notes = notes }, http.RequestAborted);
        }

        if (await output.DetachAsync(http.RequestAborted) is { } body)
        {
            AddHeaders(response, format, identity);
            response.ContentLength = body.Length;
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await response.Body.WriteAsync(body, http.RequestAborted);
            }
        }
    }

    /// <summary>Adds no ETag, because the same statement may return different rows the next time.</summary>
    private static void AddHeaders(HttpResponse response, OutputFormat format, ResponseIdentity identity)
    {
        ResponseWriting.AddContentHeaders(
            response, ResponseFormats.GetContentType(format), ResponseWriting.GetFileName(response.HttpContext.Request.Path.Value!, format, identity));
        response.Headers[LedgerHeaders.Snapshot] = identity.SnapshotNumber;
        response.Headers.LastModified = identity.LastModified;
        response.Headers.CacheControl = "private, no-store";
        response.Headers.Vary = ResponseWriting.Vary;
    }

    private long GetMaxRows(ParameterValues values, OutputFormat format)
    {
        var limit = values.Get(CommonParameters.Limit);
        var max = format == OutputFormat.Json ? options.MaxPageRows : SqlLimits.Default.MaxRows;
        return limit > max
            ? throw Problems.InvalidParameter(CommonParameters.Limit.Name, string.Create(CultureInfo.InvariantCulture, $"the limit of this format is {max} rows."))
            : limit ?? (format == OutputFormat.Json ? options.PageRows : max);
    }
}
