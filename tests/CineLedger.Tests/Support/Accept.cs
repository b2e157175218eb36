using CineLedger.Loading;
using CineLedger.Model;

namespace CineLedger.Tests.Support;

/// <summary>For tests whose movies are all alike or unrelated to those in the ledger, which the quality gates would stop.</summary>
internal static class Accept
{
    /// <summary>The gates that judge content; rejected records and missing movies still stop a load.</summary>
    public static IReadOnlySet<string> Content { get; } = QualityGates.AllNames.Where(name => name is not (QualityGates.Rejects or QualityGates.Shrink)).ToHashSet();

    public static LoadOptions AnyContent { get; } = new() { AcceptedGates = Content };

    /// <summary>The same for tests in which movies are also missing.</summary>
    public static LoadOptions Anything { get; } = AnyContent with { AllowsShrink = true };
}
