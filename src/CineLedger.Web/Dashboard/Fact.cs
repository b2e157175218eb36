namespace CineLedger.Web.Dashboard;

/// <summary>A named value of a movie, a company or the whole page.</summary>
/// <param name="Name">The label.</param>
/// <param name="Value">A text or a number; null when unknown.</param>
/// <param name="Unit">How the value is formatted.</param>
public sealed record Fact(string Name, object? Value, Unit Unit = Unit.Text)
{
    /// <summary>Small print below the value, such as the number of movies for which it is known.</summary>
    public string? Detail { get; init; }

    public string? Note { get; init; }

    public string? Link { get; init; }

    /// <summary>The measure that the movies behind <see cref="Link"/> explain; null if <see cref="Name"/> is its heading.</summary>
    public string? Measure { get; init; }
}
