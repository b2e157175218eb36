using System.Text.Json;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>Writes the metadata of a JSON response: <c>"meta": { "snapshot": …, "next": … }</c>.</summary>
public static class JsonMeta
{
    /// <summary>Returns a column's name in JSON. Names from the data stay as they are.</summary>
    public static string GetName(Column column) => column.Value + ToCamelCase(column.Name[column.Value.Length..]);

    /// <summary>Converts a column's name to its JSON name: <c>matched_profit</c> becomes <c>matchedProfit</c>.</summary>
    public static string ToCamelCase(string name)
    {
        var words = name.Split('_');
        return string.Concat(words.Select((word, i) => i == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>Writes the property <c>meta</c>.</summary>
    public static void Write(Utf8JsonWriter json, ResultInfo info)
    {
        json.WriteStartObject("meta");
        if (info.Snapshot is { } snapshot)
        {
            json.WriteNumber("snapshot", snapshot.Id);
            json.WriteString("publishedAt", ReaderExtensions.FormatTime(snapshot.PublishedAt));
            json.WriteString("source", snapshot.Source);
            json.WriteBoolean("synthetic", snapshot.Synthetic);
        }

        if (info.Coverage is { } coverage)
        {
            json.WriteStartObject("coverage");
            json.WriteNumber("movies", coverage.Movies);

            // Deprecated name, kept for one version.
            json.WriteNumber("films", coverage.Movies);
            json.WriteNumber("undated", coverage.Undated);
            json.WriteNumber("budgetKnown", coverage.BudgetKnown);
            json.WriteNumber("revenueKnown", coverage.RevenueKnown);
            if (coverage.ShareOf is { } all)
            {
                json.WriteStartObject("shareOf");
                json.WriteNumber("movies", all.Movies);
                json.WriteNumber("budgetKnown", all.Budgets);
                json.WriteNumber("revenueKnown", all.Revenues);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        if (info.AllNotes.Count > 0)
        {
            json.WriteStartArray("notes");
            foreach (var note in info.AllNotes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
        }

        WriteSince(json, info.Since);
        if (info.Permalink is not null)
        {
            json.WriteString("permalink", info.Permalink);
        }

        json.WriteString("next", info.Next);
        json.WriteEndObject();
    }

    private static void WriteSince(Utf8JsonWriter json, ChangesSince? since)
    {
        if (since is null)
        {
            return;
        }

        json.WriteStartObject("since");
        json.WriteNumber("snapshot", since.Snapshot);
        json.WriteBoolean("newer", since.Snapshots > 0);
        json.WriteNumber("snapshots", since.Snapshots);
        json.WriteNumber("added", since.Added);
        json.WriteNumber("changed", since.Changed);
        json.WriteNumber("removed", since.Removed);
        json.WriteEndObject();
    }
}
