using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Loads;
using CineLedger.Web.Security;
using CineLedger.Web.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Dashboard.Load;

/// <summary>
/// The pages that load a file: one to choose it, and one that shows what loading it would do, or the running load. They show no snapshot, so they also work for
/// a ledger without one.
/// </summary>
internal sealed class LoadPages(BackgroundLoads loads, UploadStore uploads, LedgerPool pool, WebOptions options, PageRenderer renderer)
{
    public const string Address = ApiKeyHandler.FormPath;

    private const int RefreshSeconds = 2;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = ActivatorUtilities.CreateInstance<LoadPages>(endpoints.ServiceProvider);
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        endpoints.MapMethods(Address, methods, http => pages.ShowAsync(http, null)).RequireAuthorization(Policies.Load).ExcludeFromDescription();
        endpoints.MapMethods($"{Address}/{{id}}", methods, http => pages.ShowAsync(http, (string)http.Request.RouteValues["id"]!))
            .RequireAuthorization(Policies.Load).ExcludeFromDescription();
        endpoints.MapPost(Address, pages.PostAsync).RequireAuthorization(Policies.Load).WithMetadata(UploadEndpoints.CreateTimeout(endpoints)).ExcludeFromDescription();
    }

    private async Task ShowAsync(HttpContext http, string? id)
    {
        CheckWritable();
        var load = id is null ? null : loads.Records.FirstOrDefault(record => record.Id == id)
            ?? throw Problems.NotFound("this server does not have this load: another server ran it, or it is no longer kept. The page Snapshots lists all loads.");
        var model = LoadPageModel.Create(load, load?.Upload is { } upload ? uploads.Find(upload) : null);
        var body = await renderer.RenderAsync(new PageView(model.Title)
        {
            Content = new PageContent(model.Title, typeof(LoadPage), model),
            RefreshSeconds = model.IsRunning ? RefreshSeconds : null,
        });
        http.Response.ContentType = PageRenderer.ContentType;
        http.Response.ContentLength = body.Length;
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = PageRenderer.Policy;

        // Without a referrer, browsers would not state the origin of the form.
        headers["Referrer-Policy"] = "same-origin";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

    /// <summary>Checks a newly uploaded file, or checks or loads one that was uploaded before.</summary>
    private async Task PostAsync(HttpContext http)
    {
        CheckWritable();
        LoadForm form;
        try
        {
            form = await LoadForm.ReadAsync(http, uploads);
        }
        catch (UploadRefusedException refusal)
        {
            Redirect(http, loads.AddRefused(refusal.Name, refusal.Error));
            return;
        }

        AuditMiddleware.SetTarget(http, $"{(form.IsDryRun ? "dry run" : "load")} of {uploads.GetRequired(form.Upload).Name}");
        var request = new LoadRequest { Upload = form.Upload, Merge = form.IsMerge, Accept = form.Accept };
        Redirect(http, loads.Start(LoadSource.Create(request, uploads, options), request.ToOptions(ApiCaller.GetName(http.User)), form.IsDryRun));
    }

    private static void Redirect(HttpContext http, LoadView load)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"{Address}/{load.Id}";
        http.Response.Headers.CacheControl = "no-store";
    }

    private void CheckWritable()
    {
        if (pool.IsReadOnly)
        {
            throw Problems.ReadOnlyServer();
        }
    }
}
