using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Profile;

namespace CineLedger.Charts.Profile;

/// <summary>
/// Writes a profile as JSON, <c>{ "data": { … }, "meta": { … } }</c>: names in camel case, null for unknown.
/// docs/profile.md lists the fields.
/// </summary>
public static class ProfileJson
{
    public static byte[] Write(LedgerProfile profile)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartObject("data");
            WriteMovieCount(json, profile.Total.Movies);
            json.WriteNumber("undated", profile.Undated);
            json.WriteNumber("records", profile.Snapshot.Records);
            WriteArray(json, "files", profile.Files, file => WriteFile(json, file));
            WriteArray(json, "columns", profile.Columns, column => WriteColumn(json, column));
            WriteArray(json, "links", profile.Links, link => WriteLink(json, link));
            WriteArray(json, "findings", profile.Findings, rule => WriteRule(json, rule));
            WriteArray(json, "years", profile.Years, year => WriteYear(json, year));
            WriteAmounts(json, profile.Amounts);
            json.WriteEndObject();
            WriteMeta(json, profile);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
        return output.ToArray();
    }

    private static void WriteFile(Utf8JsonWriter json, FileInterpretation file)
    {
        json.WriteString("name", ReplaceLoneSurrogates(file.Name));
        json.WriteString("path", ReplaceLoneSurrogates(file.Path));
        json.WriteString("layout", file.Layout);
        json.WriteString("format", file.Format);
        json.WriteString("encoding", file.Encoding);
        json.WriteString("delimiter", file.Delimiter);
        WriteNumber(json, "headerLine", file.HeaderLine);
        WriteArray(json, "columns", file.Columns, column =>
        {
            json.WriteString("name", ReplaceLoneSurrogates(column.Name));
            json.WriteString("readAs", column.ReadAs);
            json.WriteString("notation", column.Notation);
        });
        WriteNames(json, "missing", file.Missing);
        WriteNames(json, "unread", file.Unread);
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> names)
    {
        json.WriteStartArray(name);
        foreach (var text in names)
        {
            json.WriteStringValue(ReplaceLoneSurrogates(text));
        }

        json.WriteEndArray();
    }

    private static void WriteColumn(Utf8JsonWriter json, ColumnProfile column)
    {
        json.WriteString("name", ToCamelCase(column.Name));
        json.WriteNumber("known", column.Known);
        json.WriteNumber("unknown", column.Unknown);
        WriteNumber(json, "zeros", column.Zeros);
        json.WriteNumber("distinct", column.Distinct);
        WriteValue(json, "min", column.Kind, column.Min);
        WriteValue(json, "max", column.Kind, column.Max);
        WriteQuantiles(json, "quantiles", column.Kind, column.Quantiles);
        WriteQuantiles(json, "lengths", ColumnKind.Integer, column.Lengths);
        WriteFrequent(json, column.Kind, column.MostFrequent);
    }

    private static void WriteLink(Utf8JsonWriter json, LinkProfile link)
    {
        json.WriteString("name", ToCamelCase(link.Name));
        json.WriteNumber("known", link.Known);
        json.WriteNumber("unknown", link.Unknown);
        json.WriteNumber("entries", link.Entries);
        json.WriteNumber("distinct", link.Distinct);
        WriteQuantiles(json, "perMovie", ColumnKind.Integer, link.PerMovie);
        // Deprecated name, kept for one version.
        WriteQuantiles(json, "perFilm", ColumnKind.Integer, link.PerMovie);
        WriteFrequent(json, ColumnKind.Text, link.MostFrequent);
    }

    private static void WriteRule(Utf8JsonWriter json, RuleProfile rule)
    {
        json.WriteString("kind", rule.Kind);
        json.WriteString("rule", rule.Rule);
        json.WriteNumber("count", rule.Count);
        WriteArray(json, "examples", rule.Examples, example =>
        {
            json.WriteString("file", ReplaceLoneSurrogates(example.File));
            json.WriteNumber("line", example.Line);
            WriteNumber(json, "movieId", example.MovieId);
            json.WriteString("field", ReplaceLoneSurrogates(example.Field));
            json.WriteString("value", ReplaceLoneSurrogates(example.Value));
        });
    }

    private static void WriteYear(Utf8JsonWriter json, YearCoverage year)
    {
        WriteNumber(json, "year", year.Year);
        WriteMovieCount(json, year.Movies);
        json.WriteNumber("budgetKnown", year.BudgetKnown);
        json.WriteNumber("revenueKnown", year.RevenueKnown);
        json.WriteNumber("bothKnown", year.BothKnown);
    }

    private static void WriteAmounts(Utf8JsonWriter json, AmountProfile amounts)
    {
        json.WriteStartObject("amounts");
        WriteArray(json, "largestBudgets", amounts.LargestBudgets, movie => WriteMovie(json, movie));
        WriteArray(json, "largestRevenues", amounts.LargestRevenues, movie => WriteMovie(json, movie));
        WriteArray(json, "sizes", amounts.Sizes, size =>
        {
            json.WriteNumber("digits", size.Digits);
            json.WriteNumber("budgets", size.Budgets);
            json.WriteNumber("revenues", size.Revenues);
        });
        WriteArray(json, "suspicious", amounts.Suspicious, suspicious =>
        {
            json.WriteString("rule", suspicious.Rule);
            json.WriteString("why", suspicious.Explanation);
            WriteMovieCount(json, suspicious.Movies);
            WriteArray(json, "examples", suspicious.Examples, movie => WriteMovie(json, movie));
        });
        json.WriteEndObject();
    }

    private static void WriteMovie(Utf8JsonWriter json, MovieAmounts movie)
    {
        json.WriteNumber("movieId", movie.MovieId);
        json.WriteString("title", ReplaceLoneSurrogates(movie.Title));
        WriteNumber(json, "year", movie.Year);
        WriteNumber(json, "budget", movie.Budget);
        WriteNumber(json, "revenue", movie.Revenue);
    }

    private static void WriteMeta(Utf8JsonWriter json, LedgerProfile profile)
    {
        json.WriteStartObject("meta");
        WriteNumber(json, "snapshot", profile.IsFromSource ? null : profile.Snapshot.Id);
        json.WriteString("publishedAt", profile.IsFromSource ? null : ReaderExtensions.FormatTime(profile.Snapshot.PublishedAt));
        json.WriteString("source", profile.Snapshot.Source);
        json.WriteString("sourceVersion", profile.Snapshot.SourceVersion);
        json.WriteBoolean("synthetic", profile.Snapshot.Synthetic);
        json.WriteEndObject();
    }

    private static void WriteQuantiles(Utf8JsonWriter json, string name, ColumnKind kind, Quantiles? spread)
    {
        if (spread is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        WriteValue(json, "min", kind, spread.Min);
        WriteValue(json, "p5", kind, spread.P5);
        WriteValue(json, "p25", kind, spread.P25);
        WriteValue(json, "p50", kind, spread.Median);
        WriteValue(json, "p75", kind, spread.P75);
        WriteValue(json, "p95", kind, spread.P95);
        WriteValue(json, "max", kind, spread.Max);
        json.WriteEndObject();
    }

    private static void WriteFrequent(Utf8JsonWriter json, ColumnKind kind, IReadOnlyList<ValueFrequency> values) => WriteArray(json, "mostFrequent", values, value =>
    {
        WriteValue(json, "value", kind, value.Value);
        WriteMovieCount(json, value.Movies);
    });

    private static void WriteMovieCount(Utf8JsonWriter json, long movies)
    {
        json.WriteNumber("movies", movies);

        // Deprecated name, kept for one version.
        json.WriteNumber("films", movies);
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
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

    private static void WriteValue(Utf8JsonWriter json, string name, ColumnKind kind, string? value)
    {
        json.WritePropertyName(name);
        switch (kind)
        {
            case not (ColumnKind.Text or ColumnKind.Date) when value is not null:
                json.WriteRawValue(value);
                break;
            default:
                json.WriteStringValue(ReplaceLoneSurrogates(value));
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
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

    /// <summary>Replaces lone surrogates, which JSON cannot represent.</summary>
    private static string? ReplaceLoneSurrogates(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string ToCamelCase(string name)
    {
        var words = name.Split('_');
        return string.Concat(words.Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
