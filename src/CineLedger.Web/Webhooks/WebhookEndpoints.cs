using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Webhooks;

/// <summary>The endpoints at <c>/api/v1/webhooks</c>. They are restricted to administrators because a webhook's address may contain a token.</summary>
internal static class WebhookEndpoints
{
    private const string Example =
        "\"id\":\"0190163d8694739b8a1f2f6fd7a1c5b0\",\"url\":\"https://example.com/hooks/movies\",\"createdAt\":\"2024-06-01T06:00:00Z\",\"events\":[\"snapshot.published\"]";

    private const string UnavailableText = "The ledger cannot be reached at the moment.";
    private const string NotFoundText = "The webhook does not exist.";
    private const string ReadOnlyText = "The server is read-only.";

    public static void MapWebhooks(this RouteGroupBuilder api)
    {
        var handlers = api.CreateHandlers<WebhookHandlers>();
        var webhooks = api.MapGroup("").RequireAuthorization(Policies.Administer).WithTags("Webhooks");
        webhooks.MapOperation(HttpMethods.Post, "/webhooks", handlers.PostAsync)
            .WithSummary("Registers an address that is notified of new snapshots, failed loads, or both")
            .WithDescription("Messages are signed according to Standard Webhooks and tried again for a day; docs/freshness.md shows how to verify them. "
                + "Only this response contains the secret. Like all of `/webhooks`, this requires a key with the scope `admin`.")
            .WithJsonBody(
                new("url", "string", "The address that receives the messages: http(s), on the public internet.", IsRequired: true, "https://example.com/hooks/movies"),
                new("secret", "string", "`whsec_` and 24 to 64 bytes in Base64. Generated if omitted."),
                new("events", "array", "The events to send: snapshot.published, load.failed, load.gated. Default: only snapshot.published."))
            .WithResponse(
                StatusCodes.Status201Created,
                "The webhook, which receives events from now on.",
                $$$"""{"data":{{{{Example}}},"secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}}""")
            .WithProblem(StatusCodes.Status400BadRequest, "The body is invalid, or the address is not allowed.")
            .WithProblem(StatusCodes.Status403Forbidden, ReadOnlyText)
            .WithProblem(StatusCodes.Status409Conflict, "The webhook limit is reached.")
            .WithProblem(StatusCodes.Status415UnsupportedMediaType, "The body is not JSON.")
            .WithProblem(StatusCodes.Status503ServiceUnavailable, UnavailableText);
        webhooks.MapOperation(HttpMethods.Get, "/webhooks", handlers.ListAsync)
            .WithSummary("All webhooks, the oldest first")
            .WithResponse(StatusCodes.Status200OK, "The webhooks, without their secrets.", $$$"""{"data":[{{{{Example}}}}]}""")
            .WithProblem(StatusCodes.Status503ServiceUnavailable, UnavailableText);
        webhooks.MapOperation(HttpMethods.Get, "/webhooks/{id}", new([WebhookHandlers.Id]), handlers.GetAsync)
            .WithSummary("One webhook with its latest deliveries: delivered, pending with the time of the next attempt, or given up")
            .WithResponse(
                StatusCodes.Status200OK,
                "The webhook.",
                $$$"""{"data":{{{{Example}}},"deliveries":[{"snapshot":7,"state":"pending","tries":2,"queuedAt":"2024-06-01T06:00:00Z","nextTryAt":"2024-06-01T06:00:16Z","endedAt":null,"status":503,"error":"the receiver returned 503","load":null}]}}""")
            .WithProblem(StatusCodes.Status404NotFound, NotFoundText)
            .WithProblem(StatusCodes.Status503ServiceUnavailable, UnavailableText);
        webhooks.MapOperation(HttpMethods.Post, "/webhooks/{id}/rotate", new([WebhookHandlers.Id]), handlers.RotateAsync)
            .WithSummary("Replaces the secret of a webhook without a gap")
            .WithDescription("For a day (`serve --webhook-overlap`), every message carries a signature of the new secret and one of the previous secret, so that the receiver "
                + "can change over at any time. Only this response contains the new secret. Repeated within that time, it ends the validity of the oldest of the three secrets.")
            .WithResponse(
                StatusCodes.Status200OK,
                "The webhook with its new secret.",
                $$$"""{"data":{{{{Example}}},"secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD","previousSecretUntil":"2024-06-02T06:00:00Z"}}""")
            .WithProblem(StatusCodes.Status403Forbidden, ReadOnlyText)
            .WithProblem(StatusCodes.Status404NotFound, NotFoundText)
            .WithProblem(StatusCodes.Status503ServiceUnavailable, UnavailableText);
        webhooks.MapOperation(HttpMethods.Delete, "/webhooks/{id}", new([WebhookHandlers.Id]), handlers.DeleteAsync)
            .WithSummary("Deletes a webhook and its pending deliveries")
            .WithResponse(StatusCodes.Status204NoContent, "The webhook is deleted.")
            .WithProblem(StatusCodes.Status403Forbidden, ReadOnlyText)
            .WithProblem(StatusCodes.Status404NotFound, NotFoundText)
            .WithProblem(StatusCodes.Status503ServiceUnavailable, UnavailableText);
    }
}
