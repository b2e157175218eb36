using System.Globalization;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.SqlSandbox;
using CineLedger.SqlSandbox.Workers;
using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Sql;

/// <summary>
/// Executes SQL statements, a few at a time, each in a process of its own with limits of time, memory and rows. Results are not cached, because a
/// statement may depend on the current time.
/// </summary>
internal sealed class SqlExecutor : IAsyncDisposable
{
    /// <summary>The maximum number of concurrent statements. Each may use all processors and <see cref="SqlLimits.ProcessMemory"/>.</summary>
    private static readonly int MaxConcurrency = Math.Max(2, Environment.ProcessorCount);

    private const int MaxBufferedBytes = 1 << 20;

    /// <summary>A statement of another caller waits as long as two statements may take.</summary>
    private static readonly FairQueueLimits Limits = new(
        "SQL statements", MaxConcurrency, Math.Max(1, MaxConcurrency / 2), MaxWaiting: 64, MaxWaitingPerCaller: 8, 2 * SqlLimits.Default.Timeout);

    /// <summary>The statements of which the server holds the text: those that run, wait, or are still arriving.</summary>
    private static readonly FairQueueLimits AdmissionLimits = new("SQL statements", Max: 80, MaxPerCaller: 16, MaxWaiting: 0, MaxWaitingPerCaller: 0, TimeSpan.Zero);

    private readonly LedgerPool _pool;
    private readonly SnapshotSelector _snapshots;
    private readonly WebOptions _options;
    private readonly FairQueue _admission;
    private readonly FairQueue _queue;
    private readonly SqlWorkerPool _workers;

    public SqlExecutor(LedgerPool pool, SnapshotSelector snapshots, WebOptions options, TimeProvider time, ILogger<SqlWorkerPool> logger)
    {
        (_pool, _snapshots, _options) = (pool, snapshots, options);
        _admission = new FairQueue(AdmissionLimits, time);
        _queue = new FairQueue(Limits, time);
        _workers = new SqlWorkerPool(StoreEngine.Get(options.Store).GetFile(options.Store), hasSpare: true, logger);
        if (options.AllowsSql)
        {
            _workers.Start();
        }
    }

    /// <summary>
    /// Admits a request before its body is read, which takes memory for as long as the client sends it. Dispose the result when the request has ended.
    /// </summary>
    /// <exception cref="ProblemException">The caller, or all callers together, have too many requests in progress.</exception>
    public ValueTask<IDisposable> AdmitAsync(HttpContext http) => _admission.EnterAsync(CallerPartition.Get(http), http.RequestAborted);

    public async Task WriteAsync(HttpContext http, string sql, ParameterValues values)
    {
        var format = ResponseFormats.Select(values, http.Request, documentsOnly: false);
        var limits = SqlLimits.Default.FitTo(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) with
        {
            MaxRows = GetMaxRows(values, format),
            RequiresRole = true,
            Timeout = _options.SqlTimeout,
        };
        var snapshot = await _snapshots.SelectAsync(values.Get(CommonParameters.Snapshot), seen: null, http.RequestAborted);
        var identity = new ResponseIdentity(snapshot, IsPermanent: false, "sql");
        await using var output = new BufferingStream(http.Response, MaxBufferedBytes, () => AddHeaders(http.Response, format, identity));
        using (await _queue.EnterAsync(CallerPartition.Get(http), http.RequestAborted))
        {
            using var store = await _pool.OpenForSqlAsync(snapshot, http.RequestAborted);
            await using var result = await _workers.RunAsync(new SqlRequest(store.Address, snapshot.Id, sql, limits), http.RequestAborted);
            await WriteAsync(result, output, snapshot, format, limits.MaxRows, await VersionNotes.FindAsync(sql, http.RequestAborted), http.RequestAborted);
        }

        // The client receives the response at its own speed, without a turn.
        if (await output.DetachAsync(http.RequestAborted) is { } body)
        {
            AddHeaders(http.Response, format, identity);
            http.Response.ContentLength = body.Length;
            await ResponseWriting.WriteBodyAsync(http.Response, body, http.RequestAborted);
        }
    }

    public ValueTask DisposeAsync() => _workers.DisposeAsync();

    private static async Task WriteAsync(
        SqlResult result, BufferingStream output, Snapshot snapshot, OutputFormat format, long max, IReadOnlyList<string> versionNotes, CancellationToken cancellationToken)
    {
        await using var writer = OutputFormatInfo.Get(format).CreateWriter(output);
        await writer.BeginAsync(result.Columns, cancellationToken);
        while (await result.Rows.ReadAsync(cancellationToken))
        {
            await writer.WriteAsync(result.Rows, cancellationToken);
        }

        string[] truncation = result.IsTruncated ? [string.Create(CultureInfo.InvariantCulture, $"There are more than {max} rows: raise limit.")] : [];
        await writer.EndAsync(new ResultInfo(snapshot, null) { Notes = [.. versionNotes, .. truncation] }, cancellationToken);
    }

    /// <summary>Adds no ETag, because the same statement may return different rows the next time.</summary>
    private static void AddHeaders(HttpResponse response, OutputFormat format, ResponseIdentity identity)
    {
        ResponseWriting.AddContentHeaders(
            response, ResponseType.Get(format), ResponseWriting.GetFileName(response.HttpContext.Request.Path.Value!, ResponseType.Get(format), identity));
        response.Headers[LedgerHeaders.Snapshot] = identity.SnapshotNumber;
        response.Headers.LastModified = identity.LastModified;
        response.Headers.CacheControl = "private, no-store";
        response.Headers.Vary = ResponseWriting.Vary;
    }

    private long GetMaxRows(ParameterValues values, OutputFormat format)
    {
        var limit = values.Get(CommonParameters.Limit);
        var max = format == OutputFormat.Json ? _options.MaxPageRows : SqlLimits.Default.MaxRows;
        return limit > max
            ? throw Problems.InvalidParameter(CommonParameters.Limit.Name, string.Create(CultureInfo.InvariantCulture, $"the limit of this format is {max} rows."))
            : limit ?? (format == OutputFormat.Json ? _options.PageRows : max);
    }
}
