using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>Collects the violations of a load: those accepted by name are recorded, any other stops the load.</summary>
/// <param name="options">The options of the load, with the accepted gates.</param>
/// <param name="advice">Creates the advice at the end of the error from the names of the gates; null for the advice about a dataset.</param>
internal sealed class GateDecision(LoadOptions options, Func<string, string>? advice = null)
{
    private readonly List<GateViolation> _accepted = [];
    private readonly List<GateViolation> _refused = [];

    /// <summary>Violations that were accepted, in the order of the checks.</summary>
    public IReadOnlyList<GateViolation> Accepted => _accepted;

    public LoadOptions Options => options;

    /// <summary>In a dry run: the violations of all stages that were not accepted.</summary>
    public IReadOnlyList<GateViolation> Refused => _refused;

    /// <summary>In a dry run: the error with which a load would have stopped; null if it would not have.</summary>
    public QualityGateException? Refusal { get; private set; }

    /// <summary>Whether the load stops as soon as rejected records decide it. A dry run reads the whole source.</summary>
    private bool StopsEarly => !options.IsDryRun && !options.Accepts(QualityGates.Rejects);

    /// <summary>Throws <see cref="QualityGateException"/> with all violations that were not accepted. A dry run continues instead.</summary>
    /// <param name="violations">The violations of one stage of the load.</param>
    public void Decide(IEnumerable<GateViolation> violations)
    {
        var open = new List<GateViolation>();
        foreach (var violation in violations)
        {
            if (options.Accepts(violation.Gate))
            {
                _accepted.Add(violation with { AcceptedBy = options.AcceptedBy ?? "an option of the load" });
            }
            else
            {
                open.Add(violation);
            }
        }

        if (open.Count == 0)
        {
            return;
        }

        var refusal = new QualityGateException(open, advice);
        if (!options.IsDryRun)
        {
            throw refusal;
        }

        _refused.AddRange(open);
        Refusal ??= refusal;
    }

    /// <summary>Stops the load as soon as its rejected records are certain to fail the check at the end, unless they are accepted.</summary>
    /// <param name="file">The name of the file.</param>
    /// <param name="rejected">The records rejected so far.</param>
    /// <param name="records">The records read so far.</param>
    /// <param name="bytesRead">The number of bytes read so far, or a lower estimate.</param>
    /// <param name="bytesTotal">The length of the file in bytes; null when unknown, so that only the check at the end decides.</param>
    public void CheckRejectsEarly(string file, long rejected, long records, long bytesRead, long? bytesTotal)
    {
        if (rejected > 0 && bytesTotal is { } total && StopsEarly)
        {
            Decide(RecordGates.CheckRejectsEarly(file, rejected, records, total - bytesRead, options.MaxRejects ?? RecordGates.DefaultMaxRejects, () => ""));
        }
    }

    /// <summary>Does the same for the movies file, with examples and with the columns whose values were rejected.</summary>
    public void CheckMovieRejectsEarly(string file, MovieFileLoad movies, long bytesRead, long? bytesTotal)
    {
        if (movies.RejectedRecords > 0 && bytesTotal is { } total && StopsEarly)
        {
            List<GateViolation> violations =
                [.. RecordGates.CheckRejectsEarly(file, movies.RejectedRecords, movies.Records, total - bytesRead, options.MaxRejects, () => movies.Examples.RejectedRecords)];
            Decide(violations.Count == 0 ? [] : [.. violations, .. RecordGates.CheckFields(file, movies.Records, movies.Examples)]);
        }
    }

    /// <summary>Checks the rejected records of a file other than the movies.</summary>
    public void CheckRejects(string file, long rejected, long records) =>
        Decide(RecordGates.CheckRejects(file, rejected, records, options.MaxRejects ?? RecordGates.DefaultMaxRejects, ""));
}
