namespace CineLedger.Loading;

/// <summary>Options of a load.</summary>
public sealed record LoadOptions
{
    /// <summary>Adds and changes movies without removing those missing from the dataset, for partial files and backfills.</summary>
    public bool IsMerge { get; init; }

    /// <summary>Loads only movies released in these years; null for all. Requires <see cref="IsMerge"/>.</summary>
    public YearSet? Years { get; init; }

    /// <summary>
    /// The maximum share of rejected records of each file, 0 to 1, with which a load is still published. Null for the defaults: hardly any movies, and 1 %
    /// of the ratings, credits and keywords.
    /// </summary>
    public double? MaxRejects { get; init; }

    /// <summary>Accepts the gate <c>shrink</c>: the load may remove any number of movies.</summary>
    public bool AllowsShrink { get; init; }

    /// <summary>The gates that do not stop the load; see <see cref="Model.QualityGates"/>.</summary>
    public IReadOnlySet<string> AcceptedGates { get; init; } = new HashSet<string>();

    /// <summary>Who accepted them, for the load's record: a user of a machine, the name of a key, or a schedule. Null if no gate was accepted.</summary>
    public string? AcceptedBy { get; init; }

    /// <summary>
    /// The list of studios that replaces the ledger's; null to keep it. A first load then uses the list in the dataset, if there is one, and otherwise the bundled list,
    /// unless the dataset was generated.
    /// </summary>
    public IReadOnlyList<Model.StudioLine>? Studios { get; init; }

    /// <summary>The name of <see cref="Studios"/> in messages.</summary>
    public string? StudiosName { get; init; }

    /// <summary>The parts of the dataset to read; the ledger keeps its data of the other parts.</summary>
    public DatasetParts Parts { get; init; } = DatasetParts.All;

    /// <summary>Whether the parts were requested by name, so that a missing one is an error.</summary>
    public bool RequiresParts { get; init; }

    /// <summary>A folder that archives the source files as fetched; null for none.</summary>
    public string? Archive { get; init; }

    /// <summary>Whether the load is a dry run, in a ledger that is deleted afterwards; see <see cref="DryRunner"/>.</summary>
    internal bool IsDryRun { get; init; }

    /// <summary>Whether the load reads the entire source, so that the ledger represents this version of it.</summary>
    internal bool IsWhole => !IsMerge && Parts == DatasetParts.All;

    /// <summary>Returns whether a violation of a gate does not stop the load.</summary>
    internal bool Accepts(string gate) => AcceptedGates.Contains(gate) || (AllowsShrink && gate == Model.QualityGates.Shrink);

    /// <summary>Throws <see cref="Model.UsageException"/> for contradictory options.</summary>
    public void Validate()
    {
        if (Years is not null && !IsMerge)
        {
            throw new Model.UsageException("--years: add --merge; otherwise movies of other years, which are not read, would be removed.");
        }

        if (Years is not null && !Parts.HasFlag(DatasetParts.Movies))
        {
            throw new Model.UsageException("--years requires the movies file, which contains the release years: include movies in --only, or remove movies from --skip.");
        }
    }
}

/// <param name="Records">Records read so far.</param>
/// <param name="BytesRead">Bytes read so far, decompressed.</param>
/// <param name="BytesTotal">Total bytes; null when unknown.</param>
/// <param name="File">The name of the file being read.</param>
public readonly record struct LoadProgress(long Records, long BytesRead, long? BytesTotal, string File);

/// <summary>The result of a load.</summary>
/// <param name="Snapshot">The published snapshot, or the current one when nothing changed.</param>
/// <param name="IsPublished">False when the dataset contains nothing new; then no row was written.</param>
/// <param name="Records">Movie records read, including rejected ones and duplicates but not empty rows.</param>
/// <param name="MoviesRead">Distinct movies among them.</param>
/// <param name="Findings">The number of findings by rule, ordered by kind and rule.</param>
public sealed record LoadSummary(
    Model.Snapshot Snapshot,
    bool IsPublished,
    long Records,
    long MoviesRead,
    IReadOnlyList<FindingCount> Findings)
{
    /// <summary>Totals of the ratings; null when none were read.</summary>
    public RatingTotals? Ratings { get; init; }

    /// <summary>Totals of the credits; null when none were read.</summary>
    public ListTotals? Credits { get; init; }

    /// <summary>Totals of the keywords; null when none were read.</summary>
    public ListTotals? Keywords { get; init; }

    /// <summary>The known columns that the movies file does not have: they are not in the source.</summary>
    public IReadOnlyList<string> MissingColumns { get; init; } = [];

    /// <summary>Violations of gates that were accepted.</summary>
    public IReadOnlyList<Model.GateViolation> Accepted { get; init; } = [];

    /// <summary>The studios of the snapshot; null if there are none, and if no snapshot was published.</summary>
    public Studios.StudioTotals? Studios { get; init; }

    /// <summary>In a dry run: the violations that would have stopped the load.</summary>
    public IReadOnlyList<Model.GateViolation> Refused { get; init; } = [];

    /// <summary>In a dry run: the error with which the load would have stopped; null if it would not have.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Model.QualityGateException? Refusal { get; init; }

    /// <summary>In a dry run: the first findings of each rule and file.</summary>
    internal IReadOnlyList<Model.Finding> Examples { get; init; } = [];

    /// <summary>The parts left unchanged because the dataset lacks them or they were not requested.</summary>
    public DatasetParts SkippedParts { get; init; }
}

/// <summary>Totals of a file of ratings.</summary>
/// <param name="File">Its name.</param>
/// <param name="Read">Usable ratings, including those of unknown movies.</param>
/// <param name="Users">Distinct users; null when their IDs are too large to count.</param>
/// <param name="Movies">Distinct MovieLens IDs; null when too many of them are missing in links.csv.</param>
/// <param name="Mean">The mean of all ratings, 0.5 to 5; null without ratings.</param>
/// <param name="Counted">Ratings of movies in the ledger, which are stored.</param>
public sealed record RatingTotals(string File, long Read, long? Users, long? Movies, decimal? Mean, long Counted);

/// <summary>Totals of a file of lists with one record per movie.</summary>
/// <param name="File">Its name.</param>
/// <param name="Records">Records read, including rejected ones and duplicates.</param>
/// <param name="Movies">Distinct movies of the ledger in these records.</param>
/// <param name="Items">People or keywords in these records.</param>
public sealed record ListTotals(string File, long Records, long Movies, long Items);

/// <summary>The number of findings of a rule.</summary>
public sealed record FindingCount(Model.FindingKind Kind, string Rule, long Count);
