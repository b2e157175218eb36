using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Webhooks;

/// <summary><c>/api/v1/webhooks</c>: who is told of new snapshots, and how that goes. For administrators: an address may hold a token.</summary>
internal sealed class WebhookEndpoints(LedgerPool pool, WebOptions options)
{
    private const string Path = "/api/v1/webhooks";
    private const int ShownDeliveries = 50;

    private const string Example = "\"id\":\"0190163d8694739b8a1f2f6fd7a1c5b0\",\"url\":\"https://example.com/hooks/films\",\"createdAt\":\"2024-06-01T06:00:00Z\",\"events\":[\"snapshot.published\"]";

    private static readonly Parameter<string?> Id = Parameter.Text("id", "The webhook's name, as it was given when it was registered.")
        with
    { InPath = true, Example = "0190163d8694739b8a1f2f6fd7a1c5b0" };

    private static readonly (int, string) NoStore = (StatusCodes.Status503ServiceUnavailable, "The ledger cannot be reached at the moment.");
    private static readonly (int, string) NoSuch = (StatusCodes.Status404NotFound, "There is no such webhook.");
    private static readonly (int, string) OnlyReads = (StatusCodes.Status403Forbidden, "The server only reads.");

    private static readonly Operation Post = new()
    {
        Method = HttpMethod.Post,
        Path = Path,
        Group = "Webhooks",
        Summary = "Registers an address that is told of each new snapshot, of loads that fail, or of both",
        Description = "Messages are signed as Standard Webhooks has it, and tried again for a day; docs/freshness.md shows how to check them. The secret is shown in this answer alone. "
            + "Needs an administrator's key, as all of `/webhooks` does.",
        Body =
        [
            new("url", "string", "An http(s) address on the public internet, to which messages are posted.", IsRequired: true, "https://example.com/hooks/films"),
            new("secret", "string", "`whsec_` and 24 to 64 bytes in base 64. One is made where it is left out."),
            new("events", "array", "What it is told of: snapshot.published, load.failed, load.gated. Default: snapshot.published alone."),
        ],
        Answer = new(StatusCodes.Status201Created, "It is told of what happens from now on.", $$$"""{"data":{{{{Example}}},"secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}}"""),
        Problems =
        [
            (StatusCodes.Status400BadRequest, "The body cannot be read, or the address is none that may be told."), OnlyReads,
            (StatusCodes.Status409Conflict, "There are as many webhooks as may be."), (StatusCodes.Status415UnsupportedMediaType, "The body is not JSON."), NoStore,
        ],
    };

    private static readonly Operation List = new()
    {
        Method = HttpMethod.Get,
        Path = Path,
        Group = "Webhooks",
        Summary = "All webhooks, the oldest first",
        Answer = new(StatusCodes.Status200OK, "The webhooks, without their secrets.", $$$"""{"data":[{{{{Example}}}}]}"""),
        Problems = [NoStore],
    };

    private static readonly Operation One = new()
    {
        Method = HttpMethod.Get,
        Path = $"{Path}/{{id}}",
        Group = "Webhooks",
        Summary = "One webhook with its last deliveries: what arrived, what is tried again and when, what was given up",
        Parameters = new([Id]),
        Answer = new(
            StatusCodes.Status200OK,
            "The webhook.",
            $$$"""{"data":{{{{Example}}},"deliveries":[{"snapshot":7,"state":"pending","tries":2,"queuedAt":"2024-06-01T06:00:00Z","nextTryAt":"2024-06-01T06:00:16Z","endedAt":null,"status":503,"error":"the receiver answers 503","load":null}]}}"""),
        Problems = [NoSuch, NoStore],
    };

    private static readonly Operation Delete = new()
    {
        Method = HttpMethod.Delete,
        Path = $"{Path}/{{id}}",
        Group = "Webhooks",
        Summary = "Takes a webhook away: it is told of nothing more, what is pending included",
        Parameters = new([Id]),
        Answer = new(StatusCodes.Status204NoContent, "It is gone."),
        Problems = [OnlyReads, NoSuch, NoStore],
    };

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var at = ActivatorUtilities.CreateInstance<WebhookEndpoints>(endpoints.ServiceProvider);
        Post.Map(endpoints, Policies.Administer, at.PostAsync);
        List.Map(endpoints, Policies.Administer, at.ListAsync);
        One.Map(endpoints, Policies.Administer, at.OneAsync);
        Delete.Map(endpoints, Policies.Administer, at.DeleteAsync);
    }

    private async Task PostAsync(HttpContext http, ParameterValues values)
    {
        RefuseIfReadOnly();
        var request = await OperationBody.ReadAsync(http.Request, WebhookJson.Default.WebhookRequest);
        if (request.Secret is { } given && !WebhookSecret.IsOne(given))
        {
            throw Problems.BadParameter("secret", WebhookSecret.Rule);
        }

        var url = await WebhookTarget.CheckAsync(request.Url, options.AllowPrivateTargets, http.RequestAborted);
        var webhook = new Webhook(
            Guid.CreateVersion7().ToString("N"), url, request.Secret ?? WebhookSecret.Make(), DateTime.UtcNow, pool.Newest?.Id ?? 0)
        {
            Events = EventsOf(request.Events),
        };
        await using var writer = await pool.RentWriterAsync(http.RequestAborted);
        if ((await WebhookRows.ListAsync(writer.Connection, http.RequestAborted)).Count >= options.Webhooks.Most)
        {
            throw Problems.TooManyWebhooks(options.Webhooks.Most);
        }

        await WebhookRows.InsertAsync(writer.Connection, webhook, http.RequestAborted);
        http.Response.Headers.Location = $"{Path}/{webhook.Id}";
        await OperationBody.WriteAsync(
            http, StatusCodes.Status201Created, WebhookView.Of(webhook) with { Secret = webhook.Secret }, WebhookJson.Readable.DataWebhookView);
    }

    private async Task ListAsync(HttpContext http, ParameterValues values)
    {
        await using var connection = await RentAsync(http.RequestAborted);
        IReadOnlyList<WebhookView> all = await WebhookRows.CanBeReadAsync(connection.Connection, http.RequestAborted)
            ? [.. (await WebhookRows.ListAsync(connection.Connection, http.RequestAborted)).Select(WebhookView.Of)]
            : [];
        await OperationBody.WriteAsync(http, StatusCodes.Status200OK, all, WebhookJson.Readable.DataIReadOnlyListWebhookView);
    }

    private async Task OneAsync(HttpContext http, ParameterValues values)
    {
        var id = values.Get(Id)!;
        await using var connection = await RentAsync(http.RequestAborted);
        var webhook = await WebhookRows.CanBeReadAsync(connection.Connection, http.RequestAborted)
            ? await WebhookRows.FindAsync(connection.Connection, id, http.RequestAborted)
            : null;
        var view = WebhookView.Of(webhook ?? throw Missing(id)) with
        {
            Deliveries = [.. (await DeliveryRows.RecentAsync(connection.Connection, id, ShownDeliveries, http.RequestAborted)).Select(DeliveryView.Of)],
        };
        await OperationBody.WriteAsync(http, StatusCodes.Status200OK, view, WebhookJson.Readable.DataWebhookView);
    }

    private async Task DeleteAsync(HttpContext http, ParameterValues values)
    {
        RefuseIfReadOnly();
        await using var writer = await pool.RentWriterAsync(http.RequestAborted);
        if (!await WebhookRows.DeleteAsync(writer.Connection, values.Get(Id)!, http.RequestAborted))
        {
            throw Missing(values.Get(Id)!);
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static IReadOnlyList<string> EventsOf(IReadOnlyList<string>? events)
    {
        if (events is null)
        {
            return [WebhookEvents.Published];
        }

        foreach (var told in events)
        {
            if (!WebhookEvents.All.Contains(told))
            {
                throw Problems.BadParameter("events", $"'{told}' is none of {string.Join(", ", WebhookEvents.All)}.");
            }
        }

        return events.Count > 0 ? [.. events.Distinct()] : throw Problems.BadParameter("events", $"is empty: name some of {string.Join(", ", WebhookEvents.All)}, or leave it out.");
    }

    /// <summary>A standby may not have them yet, and a reader's role may not see them.</summary>
    private Task<LedgerReader> RentAsync(CancellationToken cancellationToken) =>
        pool.IsReadOnly ? pool.RentAsync(null, cancellationToken) : pool.RentWriterAsync(cancellationToken);

    private void RefuseIfReadOnly()
    {
        if (pool.IsReadOnly)
        {
            throw Problems.ReadOnlyServer();
        }
    }

    private static ProblemException Missing(string id) => Problems.NotFound($"there is no webhook {id}; {Path} lists all.");
}
