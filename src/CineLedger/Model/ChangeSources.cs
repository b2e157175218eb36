namespace CineLedger.Model;

/// <summary>Sources of snapshots that consist of single changes. Such snapshots are not loads, and there are many of them.</summary>
public static class ChangeSources
{
    private const string TopicPrefix = "kafka:";

    /// <summary>The source of movies pushed over HTTP.</summary>
    public const string Push = "push";

    /// <summary>SQL condition on a snapshot's <c>source</c>: true if a load published it.</summary>
    internal const string IsLoad = $"source <> '{Push}' AND source NOT LIKE '{TopicPrefix}%'";

    /// <summary>Returns true if snapshots of this source consist of single changes.</summary>
    public static bool Contains(string source) => source == Push || source.StartsWith(TopicPrefix, StringComparison.Ordinal);

    /// <summary>Returns the source of movies read from a topic.</summary>
    public static string ForTopic(string topic) => TopicPrefix + topic;
}
