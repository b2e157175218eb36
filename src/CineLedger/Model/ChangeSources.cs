namespace CineLedger.Model;

/// <summary>What snapshots of single changes name as their source: they are no loads, and many.</summary>
public static class ChangeSources
{
    private const string TopicPrefix = "kafka:";

    /// <summary>Movies pushed over HTTP.</summary>
    public const string Push = "push";

    /// <summary>A condition on a snapshot's <c>source</c>: that it was a load.</summary>
    internal const string IsLoad = $"source <> '{Push}' AND source NOT LIKE '{TopicPrefix}%'";

    /// <summary>Whether a snapshot of this source was made of single changes.</summary>
    public static bool Contains(string source) => source == Push || source.StartsWith(TopicPrefix, StringComparison.Ordinal);

    /// <summary>Messages of a topic.</summary>
    public static string ForTopic(string topic) => TopicPrefix + topic;
}
