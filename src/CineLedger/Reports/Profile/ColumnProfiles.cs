using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Reports.Profile;

/// <summary>Reads profiles of the columns of the movie table.</summary>
internal static class ColumnProfiles
{
    public static async Task<IReadOnlyList<ColumnProfile>> ReadAsync(
        DbConnection connection, int snapshot, long movies, IReadOnlyDictionary<string, ProfilePart> stored, CancellationToken cancellationToken)
    {
        var profiles = new List<ColumnProfile>();
        foreach (var field in MovieField.All)
        {
            var (name, kind) = (field.Name, GetKind(field));
            var values = stored.TryGetValue(ProfilePart.GetColumnName(name), out var part) ? part.ReadColumn() : kind switch
            {
                ColumnKind.Text => await ReadTextsAsync(kind, $"m.{name}").ConfigureAwait(false),

                // PostgreSQL has no MIN for booleans, and Citus cannot pass on a CASE that compares them with constants.
                ColumnKind.Boolean => await ReadTextsAsync(kind, $"CASE WHEN m.{name} THEN 'true' WHEN NOT m.{name} THEN 'false' END").ConfigureAwait(false),
                _ => await ValueCounts.ReadAsync(ProfileSql.BuildValues($"m.{name}"), kind == ColumnKind.Exact, connection, snapshot, cancellationToken).ConfigureAwait(false),
            };
            profiles.Add(new(
                name, kind, values.Known, movies - values.Known, values.Distinct, values.Min, values.Max, values.Quantiles, values.Lengths, values.MostFrequent));
        }

        return profiles;

        async Task<ValueStatistics> ReadTextsAsync(ColumnKind kind, string value)
        {
            var texts = await ReadAsync(ProfileSql.BuildValues(value), connection, snapshot, cancellationToken).ConfigureAwait(false);
            var lengths = kind == ColumnKind.Text
                ? await ValueCounts.ReadAsync(ProfileSql.BuildValues($"LENGTH({value})"), exact: false, connection, snapshot, cancellationToken).ConfigureAwait(false)
                : null;
            return texts with { Lengths = lengths?.Quantiles };
        }
    }

    private static ColumnKind GetKind(MovieField field) => field.Kind switch
    {
        MovieFieldKind.Date => ColumnKind.Date,
        MovieFieldKind.Amount or MovieFieldKind.Minutes or MovieFieldKind.Count => ColumnKind.Integer,
        MovieFieldKind.Decimal => ColumnKind.Exact,
        MovieFieldKind.Boolean => ColumnKind.Boolean,
        _ => ColumnKind.Text,
    };

    private static async Task<ValueStatistics> ReadAsync(
        string counted, DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            ProfileSql.BuildTexts(counted),
            row => (Frequent: new ValueFrequency(row.GetString(0), row.GetInt64(1)), Known: row.GetInt64(2), Kinds: row.GetInt64(3), Min: row.GetString(4), Max: row.GetString(5)),
            cancellationToken,
            snapshot).ConfigureAwait(false);
        return rows.Count == 0
            ? new(0, 0, null, null, null, null, [])
            : new(rows[0].Known, rows[0].Kinds, rows[0].Min, rows[0].Max, null, null, [.. rows.Select(row => row.Frequent)]);
    }
}
