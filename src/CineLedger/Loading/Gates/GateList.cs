namespace CineLedger.Loading.Gates;

/// <summary>A kind of list that the gates check.</summary>
/// <param name="Name">The column in the dataset.</param>
/// <param name="Entity">The table of its names. <c>movie_</c> before it is the table of links, <c>_id</c> after it the key.</param>
/// <param name="HasSourceIds">Whether links hold the supplier's ID of the name, which identifies a renamed one.</param>
internal sealed record GateList(string Name, string Entity, bool HasSourceIds)
{
    public static IReadOnlyList<GateList> All { get; } =
    [
        new("genres", "genre", true), new("production_companies", "company", true),
        new("production_countries", "country", false), new("spoken_languages", "language", false),
    ];

    public string LinkTable => $"movie_{Entity}";

    public string Key => $"{Entity}_id";
}
