namespace CineLedger.Model;

/// <summary>The events that webhooks can subscribe to.</summary>
public static class WebhookEvents
{
    public const string Published = "snapshot.published";

    /// <summary>A load failed, or its process died.</summary>
    public const string LoadFailed = "load.failed";

    /// <summary>A quality gate prevented the publication of a load.</summary>
    public const string LoadGated = "load.gated";

    public static IReadOnlyList<string> All { get; } = [Published, LoadFailed, LoadGated];

    /// <summary>Returns the event for the end of a load; null if that state raises no event.</summary>
    public static string? FromState(LoadState state) => state switch
    {
        LoadState.Failed or LoadState.Lost => LoadFailed,
        LoadState.Gated => LoadGated,
        _ => null,
    };
}
