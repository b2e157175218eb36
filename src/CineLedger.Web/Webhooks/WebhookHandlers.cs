using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Webhooks;

/// <summary>Registers, lists and deletes webhooks, replaces their secrets, and shows their deliveries.</summary>
internal sealed class WebhookHandlers(LedgerPool pool, LedgerReaders readers, WebOptions options)
{
    private const string Path = "/api/v1/webhooks";
    private const int ShownDeliveries = 50;

    public static Parameter<string?> Id { get; } = Parameter.CreateText("id", "The ID that was returned when the webhook was registered.")
        with
    { IsInPath = true, Example = "0190163d8694739b8a1f2f6fd7a1c5b0" };

    public async Task PostAsync(HttpContext http)
    {
        RefuseIfReadOnly();
        var request = await OperationBody.ReadAsync(http.Request, WebhookJson.Default.WebhookRequest);
        if (request.Secret is { } given && !WebhookSecret.IsValid(given))
        {
            throw Problems.InvalidParameter("secret", WebhookSecret.Rule);
        }

        var url = await WebhookUrlValidator.CheckAsync(request.Url, options.AllowsPrivateTargets, http.RequestAborted);
        var webhook = new Webhook(
            Guid.CreateVersion7().ToString("N"), url, request.Secret ?? WebhookSecret.Create(), DateTime.UtcNow, pool.Newest?.Id ?? 0)
        {
            Events = GetEvents(request.Events),
        };
        await using var writer = await RentAsync(http.RequestAborted);
        if ((await WebhookRows.ListAsync(writer.Connection, http.RequestAborted)).Count >= options.Webhooks.MaxWebhooks)
        {
            throw Problems.TooManyWebhooks(options.Webhooks.MaxWebhooks);
        }

        AuditMiddleware.SetTarget(http, $"{webhook.Id} {WebhookUrlValidator.Redact(webhook.Url)}");
        await WebhookRows.InsertAsync(writer.Connection, webhook, http.RequestAborted);
        http.Response.Headers.Location = $"{Path}/{webhook.Id}";
        await OperationBody.WriteAsync(
            http, StatusCodes.Status201Created, WebhookView.Create(webhook) with { Secret = webhook.Secret }, WebhookJson.Readable.DataResponseWebhookView);
    }

    public async Task ListAsync(HttpContext http)
    {
        await using var connection = await RentAsync(http.RequestAborted);
        IReadOnlyList<WebhookView> all = await WebhookRows.CanBeReadAsync(connection.Connection, http.RequestAborted)
            ? [.. (await WebhookRows.ListAsync(connection.Connection, http.RequestAborted)).Select(WebhookView.Create)]
            : [];
        await OperationBody.WriteAsync(http, StatusCodes.Status200OK, all, WebhookJson.Readable.DataResponseIReadOnlyListWebhookView);
    }

    public async Task GetAsync(HttpContext http, ParameterValues values)
    {
        var id = values.Get(Id)!;
        await using var connection = await RentAsync(http.RequestAborted);
        var webhook = await WebhookRows.CanBeReadAsync(connection.Connection, http.RequestAborted)
            ? await WebhookRows.FindAsync(connection.Connection, id, http.RequestAborted)
            : null;
        var view = WebhookView.Create(webhook ?? throw CreateNotFound(id)) with
        {
            Deliveries = [.. (await DeliveryRows.ReadRecentAsync(connection.Connection, id, ShownDeliveries, http.RequestAborted)).Select(DeliveryView.Create)],
        };
        await OperationBody.WriteAsync(http, StatusCodes.Status200OK, view, WebhookJson.Readable.DataResponseWebhookView);
    }

    public async Task RotateAsync(HttpContext http, ParameterValues values)
    {
        RefuseIfReadOnly();
        var id = values.Get(Id)!;
        var (secret, until) = (WebhookSecret.Create(), DateTime.UtcNow + options.Webhooks.SecretOverlap);
        await using var writer = await pool.RentWriterAsync(http.RequestAborted);
        if (!await WebhookRows.ReplaceSecretAsync(writer.Connection, id, secret, until, http.RequestAborted)
            || await WebhookRows.FindAsync(writer.Connection, id, http.RequestAborted) is not { } webhook)
        {
            throw CreateNotFound(id);
        }

        await OperationBody.WriteAsync(
            http, StatusCodes.Status200OK, WebhookView.Create(webhook) with { Secret = secret }, WebhookJson.Readable.DataResponseWebhookView);
    }

    public async Task DeleteAsync(HttpContext http, ParameterValues values)
    {
        RefuseIfReadOnly();
        await using var writer = await RentAsync(http.RequestAborted);
        if (!await WebhookRows.DeleteAsync(writer.Connection, values.Get(Id)!, http.RequestAborted))
        {
            throw CreateNotFound(values.Get(Id)!);
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static IReadOnlyList<string> GetEvents(IReadOnlyList<string>? events)
    {
        if (events is null)
        {
            return [WebhookEvents.Published];
        }

        foreach (var names in events)
        {
            if (!WebhookEvents.All.Contains(names))
            {
                throw Problems.InvalidParameter("events", $"'{names}' is not one of {string.Join(", ", WebhookEvents.All)}.");
            }
        }

        return events.Count > 0
            ? [.. events.Distinct()]
            : throw Problems.InvalidParameter("events", $"the list is empty: choose from {string.Join(", ", WebhookEvents.All)}, or omit the field.");
    }

    /// <summary>Uses the primary, if possible: a standby may lag behind, and a reader's role may have no access to webhooks.</summary>
    private Task<LedgerReader> RentAsync(CancellationToken cancellationToken) => readers.RentCurrentAsync(null, cancellationToken);

    private void RefuseIfReadOnly()
    {
        if (pool.IsReadOnly)
        {
            throw Problems.ReadOnlyServer();
        }
    }

    private static ProblemException CreateNotFound(string id) => Problems.NotFound($"there is no webhook {id}; {Path} lists all.");
}
