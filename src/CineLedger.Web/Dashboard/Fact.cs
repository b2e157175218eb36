namespace CineLedger.Web.Dashboard;

/// <summary>A named value: of a movie, of a company, of the whole page.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">A text or a number; null is unknown.</param>
/// <param name="Unit">How it is written.</param>
public sealed record Fact(string Name, object? Value, Unit Unit = Unit.Text)
{
    /// <summary>In small letters below: of how many movies it is known.</summary>
    public string? Detail { get; init; }

    public string? Note { get; init; }

    public string? Link { get; init; }
}
