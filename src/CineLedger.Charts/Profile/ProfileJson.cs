using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Reports.Profile;

namespace CineLedger.Charts.Profile;

/// <summary>A profile as JSON, <c>{ "data": { … }, "meta": { … } }</c>: names in camel case, unknown is null. docs/profile.md lists the fields.</summary>
internal static class ProfileJson
{
    public static byte[] Write(LedgerProfile profile)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartObject("data");
            json.WriteNumber("films", profile.Total.Films);
            json.WriteNumber("undated", profile.Undated);
            json.WriteNumber("records", profile.Snapshot.Records);
            Array(json, "columns", profile.Columns, column => WriteColumn(json, column));
            Array(json, "links", profile.Links, link => WriteLink(json, link));
            Array(json, "findings", profile.Findings, rule => WriteRule(json, rule));
            Array(json, "years", profile.Years, year => WriteYear(json, year));
            WriteAmounts(json, profile.Amounts);
            json.WriteEndObject();
            WriteMeta(json, profile);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
        return output.ToArray();
    }

    private static void WriteColumn(Utf8JsonWriter json, ColumnProfile column)
    {
        json.WriteString("name", Camel(column.Name));
        json.WriteNumber("known", column.Known);
        json.WriteNumber("unknown", column.Unknown);
        Number(json, "zeros", column.Zeros);
        json.WriteNumber("distinct", column.Distinct);
        Value(json, "min", column.Kind, column.Min);
        Value(json, "max", column.Kind, column.Max);
        WriteSpread(json, "quantiles", column.Kind, column.Spread);
        WriteSpread(json, "lengths", ColumnKind.Whole, column.Lengths);
        WriteFrequent(json, column.Kind, column.MostFrequent);
    }

    private static void WriteLink(Utf8JsonWriter json, LinkProfile link)
    {
        json.WriteString("name", Camel(link.Name));
        json.WriteNumber("known", link.Known);
        json.WriteNumber("unknown", link.Unknown);
        json.WriteNumber("entries", link.Entries);
        json.WriteNumber("distinct", link.Distinct);
        WriteSpread(json, "perFilm", ColumnKind.Whole, link.PerFilm);
        WriteFrequent(json, ColumnKind.Text, link.MostFrequent);
    }

    private static void WriteRule(Utf8JsonWriter json, RuleProfile rule)
    {
        json.WriteString("kind", rule.Kind);
        json.WriteString("rule", rule.Rule);
        json.WriteNumber("count", rule.Count);
        Array(json, "examples", rule.Examples, example =>
        {
            json.WriteString("file", Whole(example.File));
            json.WriteNumber("line", example.Line);
            Number(json, "movieId", example.MovieId);
            json.WriteString("field", Whole(example.Field));
            json.WriteString("value", Whole(example.Value));
        });
    }

    private static void WriteYear(Utf8JsonWriter json, YearCoverage year)
    {
        Number(json, "year", year.Year);
        json.WriteNumber("films", year.Films);
        json.WriteNumber("budgetKnown", year.BudgetKnown);
        json.WriteNumber("revenueKnown", year.RevenueKnown);
        json.WriteNumber("bothKnown", year.BothKnown);
    }

    private static void WriteAmounts(Utf8JsonWriter json, AmountProfile amounts)
    {
        json.WriteStartObject("amounts");
        Array(json, "largestBudgets", amounts.LargestBudgets, film => WriteFilm(json, film));
        Array(json, "largestRevenues", amounts.LargestRevenues, film => WriteFilm(json, film));
        Array(json, "sizes", amounts.Sizes, size =>
        {
            json.WriteNumber("digits", size.Digits);
            json.WriteNumber("budgets", size.Budgets);
            json.WriteNumber("revenues", size.Revenues);
        });
        Array(json, "suspicious", amounts.Doubts, doubt =>
        {
            json.WriteString("rule", doubt.Rule);
            json.WriteString("why", doubt.Why);
            json.WriteNumber("films", doubt.Films);
            Array(json, "examples", doubt.Examples, film => WriteFilm(json, film));
        });
        json.WriteEndObject();
    }

    private static void WriteFilm(Utf8JsonWriter json, FilmAmounts film)
    {
        json.WriteNumber("movieId", film.MovieId);
        json.WriteString("title", Whole(film.Title));
        Number(json, "year", film.Year);
        Number(json, "budget", film.Budget);
        Number(json, "revenue", film.Revenue);
    }

    private static void WriteMeta(Utf8JsonWriter json, LedgerProfile profile)
    {
        json.WriteStartObject("meta");
        Number(json, "snapshot", profile.OfSource ? null : profile.Snapshot.Id);
        json.WriteString("publishedAt", profile.OfSource ? null : RowValues.FormatTime(profile.Snapshot.PublishedAt));
        json.WriteString("source", profile.Snapshot.Source);
        json.WriteString("sourceVersion", profile.Snapshot.SourceVersion);
        json.WriteBoolean("synthetic", profile.Snapshot.Synthetic);
        json.WriteEndObject();
    }

    private static void WriteSpread(Utf8JsonWriter json, string name, ColumnKind kind, Spread? spread)
    {
        if (spread is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        Value(json, "min", kind, spread.Min);
        Value(json, "p5", kind, spread.P5);
        Value(json, "p25", kind, spread.P25);
        Value(json, "p50", kind, spread.Median);
        Value(json, "p75", kind, spread.P75);
        Value(json, "p95", kind, spread.P95);
        Value(json, "max", kind, spread.Max);
        json.WriteEndObject();
    }

    private static void WriteFrequent(Utf8JsonWriter json, ColumnKind kind, IReadOnlyList<Frequent> values) => Array(json, "mostFrequent", values, value =>
    {
        Value(json, "value", kind, value.Value);
        json.WriteNumber("films", value.Films);
    });

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter json, string name, ColumnKind kind, string? value)
    {
        json.WritePropertyName(name);
        switch (kind)
        {
            case not (ColumnKind.Text or ColumnKind.Date) when value is not null:
                json.WriteRawValue(value);
                break;
            default:
                json.WriteStringValue(Whole(value));
                break;
        }
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>A text without half characters, which JSON cannot hold.</summary>
    private static string? Whole(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Camel(string name)
    {
        var words = name.Split('_');
        return string.Concat(words.Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
