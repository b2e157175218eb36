using System.Text.Json;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports.Studios;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Web.Errors;
using CineLedger.Web.Loads;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Commands;

/// <summary>Runs changes for commands, which cannot open the ledger while this server has it open. See docs/decisions/0102-working-next-to-a-server.md.</summary>
internal sealed class CommandEndpoint(CommandServer server, BackgroundLoads loads, LedgerPool pool, ILogger<CommandEndpoint> logger)
{
    /// <summary>More than a list of studios needs.</summary>
    private const long MaxBytes = 64 << 20;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var endpoint = ActivatorUtilities.CreateInstance<CommandEndpoint>(endpoints.ServiceProvider);
        endpoints.MapPost(CommandServer.Path, endpoint.PostAsync).AllowAnonymous().DisableRequestTimeout().ExcludeFromDescription();
    }

    private async Task PostAsync(HttpContext http)
    {
        if (!server.Accepts(http.Request))
        {
            throw Problems.NotFound("there is nothing at this address.");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        http.User = ApiCaller.Local;
        var request = (await JsonSerializer.DeserializeAsync(http.Request.Body, CommandJson.Default.CommandRequest, http.RequestAborted))!;
        AuditMiddleware.SetTarget(http, Describe(request));
        http.Response.ContentType = "application/x-ndjson";
        using var writing = new SemaphoreSlim(1);
        var result = await RunAsync(request, one => WriteAsync(http, one, writing), http.RequestAborted);
        await WriteAsync(http, result, writing);
    }

    private static string Describe(CommandRequest request) =>
        request.Load is { } load ? $"load {load.DisplayName}"
        : request.Studios is { } studios ? $"studios import {studios.Name}"
        : request.Prune is { } keep ? FormattableString.Invariant($"snapshots prune --keep {keep}")
        : FormattableString.Invariant($"snapshots revert {request.Revert}");

    /// <summary>Runs a change. Returns its result, or the error in the form in which the command reports it.</summary>
    private async Task<CommandEvent> RunAsync(CommandRequest request, Func<CommandEvent, Task> report, CancellationToken cancellationToken)
    {
        try
        {
            return request.Load is { } load ? await LoadAsync(load, report, cancellationToken) : await ChangeAsync(request, cancellationToken);
        }
        catch (Exception error)
        {
            var known = error as LedgerException ?? StoreEngine.Explain(error);
            if (known is null && error is not OperationCanceledException)
            {
                logger.CommandFailed(Describe(request), error.Message, error);
            }

            return new()
            {
                Error = known?.Message
                    ?? (error is OperationCanceledException ? "stopped; nothing was published." : $"unexpected {error.GetType().Name}: see the log of the server."),
                ExitCode = known?.ExitCode ?? 1,
                Problems = (error as StudioListException)?.Problems ?? [],
            };
        }
    }

    private async Task<CommandEvent> LoadAsync(LoadPlan plan, Func<CommandEvent, Task> report, CancellationToken cancellationToken)
    {
        LoadProgressView? progress = null;
        var running = loads.RunAsync(plan, value => progress = value, summary => report(new() { Original = summary }), cancellationToken);
        LoadProgressView? reported = null;
        while (await Task.WhenAny(running, Task.Delay(ProgressInterval, CancellationToken.None)) != running)
        {
            if (progress is { } value && value != reported && !cancellationToken.IsCancellationRequested)
            {
                reported = value;
                await report(new() { Progress = value });
            }
        }

        var (snapshot, summary) = await running;
        return new() { Loaded = snapshot, Summary = summary };
    }

    private async Task<CommandEvent> ChangeAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        await using var ledger = await pool.OpenForLoadAsync(wait: false, cancellationToken);
        return request switch
        {
            { Studios: { } studios } => new() { Studios = await StudioListImport.RunAsync(ledger, studios, request.AllowsUnknownCompanies, cancellationToken) },
            { Prune: { } keep } => new() { Pruned = await SnapshotPrune.RunAsync(ledger, keep, cancellationToken) },
            _ => new() { Reverted = await SnapshotRevert.RunAsync(ledger, request.Revert ?? 0, cancellationToken) },
        };
    }

    private static async Task WriteAsync(HttpContext http, CommandEvent one, SemaphoreSlim writing)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(one, CommandJson.Default.CommandEvent), (byte)'\n'];
        await writing.WaitAsync(CancellationToken.None);
        try
        {
            await http.Response.Body.WriteAsync(line, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
        finally
        {
            writing.Release();
        }
    }
}
