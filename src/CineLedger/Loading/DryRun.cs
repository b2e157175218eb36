using System.Text.Json.Serialization;
using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>The result of a dry run: the interpretation of the source, its findings, and the gates that would stop the load.</summary>
/// <param name="Source">The address of the source, without credentials.</param>
/// <param name="Outcome">The outcome that the load would have.</param>
/// <param name="ComparedWith">The snapshot that the source was compared with; null if it would be the first.</param>
/// <param name="Files">How each file that was read is interpreted.</param>
public sealed record DryRun(string Source, DryRunOutcome Outcome, int? ComparedWith, IReadOnlyList<FileInterpretation> Files)
{
    /// <summary>The counts; null if a gate fired and the rest of the source could not be read.</summary>
    public DryRunCounts? Counts { get; init; }

    /// <summary>Totals of the credits; null when none were read.</summary>
    public ListTotals? Credits { get; init; }

    /// <summary>Totals of the keywords; null when none were read.</summary>
    public ListTotals? Keywords { get; init; }

    /// <summary>Totals of the ratings; null when none were read.</summary>
    public RatingTotals? Ratings { get; init; }

    /// <summary>The findings by rule, with the first examples; empty if <see cref="Counts"/> is null.</summary>
    public IReadOnlyList<RuleProfile> Findings { get; init; } = [];

    /// <summary>The violations of gates; those with <see cref="GateViolation.AcceptedBy"/> do not stop the load.</summary>
    public IReadOnlyList<GateViolation> Violations { get; init; } = [];

    /// <summary>The error with which the load would stop; null if no gate stops it.</summary>
    [JsonIgnore]
    public QualityGateException? Refusal { get; init; }
}

/// <summary>The counts of a dry run.</summary>
/// <param name="Records">Movie records read.</param>
/// <param name="MoviesRead">Distinct movies among them.</param>
/// <param name="Added">Movies that the load would add.</param>
/// <param name="Changed">Movies that it would change.</param>
/// <param name="Removed">Movies that it would remove.</param>
/// <param name="Movies">Movies in the ledger after it.</param>
/// <param name="Undated">Movies without a year of release among those.</param>
public sealed record DryRunCounts(long Records, long MoviesRead, long Added, long Changed, long Removed, long Movies, long Undated);

/// <summary>The outcome that a load would have.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DryRunOutcome>))]
public enum DryRunOutcome
{
    /// <summary>It would publish a snapshot.</summary>
    [JsonStringEnumMemberName("publish")] Publish,

    /// <summary>No movie differs from the ledger.</summary>
    [JsonStringEnumMemberName("unchanged")] Unchanged,

    /// <summary>A gate would stop it.</summary>
    [JsonStringEnumMemberName("gated")] Gated,
}
