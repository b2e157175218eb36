using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Snapshots;

/// <summary>
/// The table of the profiles that loads compute while they read. A part that a load could not compute has no row, and queries compute it when it is read.
/// </summary>
internal static class ProfileRows
{
    /// <summary>Returns the stored parts of a snapshot's profile by name; none in a ledger of an older version.</summary>
    public static async Task<IReadOnlyDictionary<string, ProfilePart>> ReadAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        if (!await Migrations.HasProfilesAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            return new Dictionary<string, ProfilePart>();
        }

        var parts = await connection.QueryAsync(
            "SELECT part, content FROM snapshot_profile WHERE snapshot_id = $1", row => new ProfilePart(row.GetString(0), row.GetString(1)), cancellationToken, snapshot)
            .ConfigureAwait(false);
        return parts.ToDictionary(part => part.Name);
    }

    /// <summary>Inserts parts of the profile of a snapshot, in the transaction that publishes it.</summary>
    public static Task InsertAsync(DbConnection connection, int snapshot, IEnumerable<ProfilePart> parts, CancellationToken cancellationToken) =>
        connection.InsertAsync("snapshot_profile", [.. parts.Select(part => (object?[])[snapshot, part.Name, part.Content])], cancellationToken);

    /// <summary>Copies the profile of a snapshot to another one with the same movies and related data.</summary>
    public static Task CopyAsync(DbConnection connection, int from, int to, CancellationToken cancellationToken) => connection.ExecuteAsync(
        "INSERT INTO snapshot_profile SELECT CAST($2 AS INTEGER), part, content FROM snapshot_profile WHERE snapshot_id = $1", cancellationToken, from, to);
}

/// <summary>A part of a profile as it is stored: its name and its content as JSON.</summary>
internal sealed record ProfilePart(string Name, string Content)
{
    public const string Years = "years";
    public const string Amounts = "amounts";

    public static string GetColumnName(string column) => $"column {column}";

    public static string GetLinkName(string link) => $"list {link}";

    /// <summary>Creates the part of a column; null without statistics.</summary>
    public static ProfilePart? CreateColumn(string column, ValueStatistics? values) =>
        values is null ? null : new(GetColumnName(column), JsonSerializer.Serialize(values, ProfilePartJson.Default.ValueStatistics));

    public static ProfilePart CreateLink(LinkProfile link) => new(GetLinkName(link.Name), JsonSerializer.Serialize(link, ProfilePartJson.Default.LinkProfile));

    public static ProfilePart CreateYears(IReadOnlyList<YearCoverage> years) => new(Years, JsonSerializer.Serialize(years, ProfilePartJson.Default.IReadOnlyListYearCoverage));

    public static ProfilePart CreateAmounts(AmountProfile amounts) => new(Amounts, JsonSerializer.Serialize(amounts, ProfilePartJson.Default.AmountProfile));

    public ValueStatistics ReadColumn() => JsonSerializer.Deserialize(Content, ProfilePartJson.Default.ValueStatistics)!;

    public LinkProfile ReadLink() => JsonSerializer.Deserialize(Content, ProfilePartJson.Default.LinkProfile)!;

    public IReadOnlyList<YearCoverage> ReadYears() => JsonSerializer.Deserialize(Content, ProfilePartJson.Default.IReadOnlyListYearCoverage)!;

    public AmountProfile ReadAmounts() => JsonSerializer.Deserialize(Content, ProfilePartJson.Default.AmountProfile)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ValueStatistics))]
[JsonSerializable(typeof(LinkProfile))]
[JsonSerializable(typeof(IReadOnlyList<YearCoverage>))]
[JsonSerializable(typeof(AmountProfile))]
internal sealed partial class ProfilePartJson : JsonSerializerContext;
