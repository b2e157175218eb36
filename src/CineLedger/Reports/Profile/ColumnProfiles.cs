using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Reports.Profile;

/// <summary>Reads profiles of the columns of the movie table.</summary>
internal static class ColumnProfiles
{
    public static async Task<IReadOnlyList<ColumnProfile>> ReadAsync(DbConnection connection, int snapshot, long movies, CancellationToken cancellationToken)
    {
        var profiles = new List<ColumnProfile>();
        foreach (var field in MovieField.All)
        {
            var (name, kind) = (field.Name, GetKind(field));
            profiles.Add(kind switch
            {
                ColumnKind.Text => await ReadTextsAsync(name, kind, $"m.{name}").ConfigureAwait(false),

                // PostgreSQL has no MIN for booleans.
                ColumnKind.Boolean => await ReadTextsAsync(name, kind, $"CASE m.{name} WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END").ConfigureAwait(false),
                _ => await ReadNumbersAsync(name, kind).ConfigureAwait(false),
            });
        }

        return profiles;

        async Task<ColumnProfile> ReadTextsAsync(string name, ColumnKind kind, string value)
        {
            var texts = await ReadAsync(ProfileSql.BuildValues(value), connection, snapshot, cancellationToken).ConfigureAwait(false);
            var lengths = kind == ColumnKind.Text
                ? await ValueCounts.ReadAsync(ProfileSql.BuildValues($"LENGTH({value})"), exact: false, connection, snapshot, cancellationToken).ConfigureAwait(false)
                : null;
            return new ColumnProfile(
                name, kind, texts.Known, movies - texts.Known, texts.Distinct, texts.Min, texts.Max, null, lengths?.Quantiles, texts.MostFrequent);
        }

        async Task<ColumnProfile> ReadNumbersAsync(string name, ColumnKind kind)
        {
            var counts = await ValueCounts.ReadAsync(
                ProfileSql.BuildValues($"m.{name}"), kind == ColumnKind.Exact, connection, snapshot, cancellationToken).ConfigureAwait(false);
            return new ColumnProfile(
                name, kind, counts.Known, movies - counts.Known, counts.Distinct, counts.Quantiles?.Min, counts.Quantiles?.Max, counts.Quantiles, null,
                counts.MostFrequent);
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

    private static async Task<(long Known, long Distinct, string? Min, string? Max, IReadOnlyList<ValueFrequency> MostFrequent)> ReadAsync(
        string counted, DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            ProfileSql.BuildTexts(counted),
            row => (Frequent: new ValueFrequency(row.GetString(0), row.GetInt64(1)), Known: row.GetInt64(2), Kinds: row.GetInt64(3), Min: row.GetString(4), Max: row.GetString(5)),
            cancellationToken,
            snapshot).ConfigureAwait(false);
        return rows.Count == 0
            ? (0, 0, null, null, [])
            : (rows[0].Known, rows[0].Kinds, rows[0].Min, rows[0].Max, [.. rows.Select(row => row.Frequent)]);
    }
}
