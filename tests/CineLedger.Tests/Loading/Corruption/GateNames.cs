using CineLedger.Model;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Reads which gates stopped a load. This is the only place that depends on how <see cref="QualityGateException"/> states them.</summary>
internal static class GateNames
{
    /// <summary>Returns each gate that fired, with the column that it names, if any.</summary>
    public static IReadOnlyList<(string Gate, string? Column)> Read(QualityGateException error) =>
        // Once the exception lists its violations: [.. error.Violations.Select(violation => (violation.Gate, violation.Column))].
        [(error.Message.Contains("were rejected", StringComparison.Ordinal) ? "rejects" : "shrink", null)];
}
