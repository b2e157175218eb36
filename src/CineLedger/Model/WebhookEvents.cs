namespace CineLedger.Model;

/// <summary>What webhooks can be told of.</summary>
public static class WebhookEvents
{
    public const string Published = "snapshot.published";

    /// <summary>A load failed, or its process died.</summary>
    public const string LoadFailed = "load.failed";

    /// <summary>A quality gate kept a load unpublished.</summary>
    public const string LoadGated = "load.gated";

    public static IReadOnlyList<string> All { get; } = [Published, LoadFailed, LoadGated];

    /// <summary>The event that the end of a load is; null where it is none.</summary>
    public static string? FromState(LoadState state) => state switch
    {
        LoadState.Failed or LoadState.Lost => LoadFailed,
        LoadState.Gated => LoadGated,
        _ => null,
    };
}
