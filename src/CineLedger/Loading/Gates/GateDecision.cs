using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>Collects the violations of a load: those accepted by name are recorded, any other stops the load.</summary>
/// <param name="options">The options of the load, with the accepted gates.</param>
/// <param name="advice">What the error says to do, from the names of the gates; null for the advice about a dataset.</param>
internal sealed class GateDecision(LoadOptions options, Func<string, string>? advice = null)
{
    private readonly List<GateViolation> _accepted = [];

    /// <summary>Violations that were accepted, in the order of the checks.</summary>
    public IReadOnlyList<GateViolation> Accepted => _accepted;

    public LoadOptions Options => options;

    /// <summary>Throws <see cref="QualityGateException"/> with all violations that were not accepted.</summary>
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

        if (open.Count > 0)
        {
            throw new QualityGateException(open, advice);
        }
    }

    /// <summary>Checks the rejected records of a file other than the movies.</summary>
    public void CheckRejects(string file, long rejected, long records) =>
        Decide(RecordGates.CheckRejects(file, rejected, records, options.MaxRejects ?? RecordGates.DefaultMaxRejects, ""));
}
