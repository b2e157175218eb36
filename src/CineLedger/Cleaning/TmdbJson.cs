using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>Writes movies as JSON with the names that <see cref="MovieColumns.CreateJsonFields"/> reads.</summary>
internal static class TmdbJson
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly string[] Leading = ["imdb_id", "title", "original_title", "original_language", "release_date", "status"];

    /// <summary>The fields in output order, which must stay stable: identifying texts first, the collection, which is an object, last.</summary>
    private static readonly MovieField[] Ordered = [.. MovieField.All.OrderBy(field =>
        field.Kind == MovieFieldKind.Collection ? int.MaxValue : Array.IndexOf(Leading, field.SourceName) is >= 0 and var place ? place : Leading.Length)];

    /// <summary>
    /// Writes a movie as one object in the format of TMDB's <c>/movie/{id}</c>, limited to the ledger's fields. Reading it back (POST /api/v1/movies, a consumer)
    /// results in the same content and fingerprint.
    /// </summary>
    public static void Write(Utf8JsonWriter json, Movie movie)
    {
        json.WriteStartObject();
        json.WriteNumber("id", movie.Id);
        foreach (var field in Ordered)
        {
            json.WritePropertyName(field.SourceName);
            if (field.Kind == MovieFieldKind.Collection && field.Format(movie) is { } collection)
            {
                Named(collection, null);
            }
            else
            {
                WriteValue(json, field, movie);
            }
        }

        if (MovieField.ReleaseYear.IsKnown(movie))
        {
            json.WritePropertyName(MovieField.ReleaseYear.SourceName);
            WriteValue(json, MovieField.ReleaseYear, movie);
        }

        WriteList(json, "genres", movie.Genres, genre => Named(genre.Name, genre.SourceId));
        WriteList(json, "production_companies", movie.Companies, company => Named(company.Name, company.SourceId));
        WriteList(json, "production_countries", movie.Countries, country => Coded("iso_3166_1", country.Code, country.Name));
        WriteList(json, "spoken_languages", movie.Languages, language => Coded("iso_639_1", language.Code, language.Name));
        json.WriteEndObject();

        void Named(string name, long? id)
        {
            json.WriteStartObject();
            if (id is { } known)
            {
                json.WriteNumber("id", known);
            }

            json.WriteString("name", name);
            json.WriteEndObject();
        }

        void Coded(string key, string code, string name)
        {
            json.WriteStartObject();
            json.WriteString(key, code);
            json.WriteString("name", name);
            json.WriteEndObject();
        }
    }

    /// <summary>Returns a movie as text for a finding: one line without unknown fields, with lists and the collection reduced to names.</summary>
    public static string ToText(Movie movie)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("id", movie.Id);
            foreach (var field in MovieField.All.Append(MovieField.ReleaseYear).Where(field => field.IsKnown(movie)))
            {
                json.WritePropertyName(field.SourceName);
                WriteValue(json, field, movie);
            }

            WriteList(json, "production_companies", movie.Companies, company => json.WriteStringValue(company.Name));
            WriteList(json, "genres", movie.Genres, genre => json.WriteStringValue(genre.Name));
            WriteList(json, "production_countries", movie.Countries, country => json.WriteStringValue(country.Code));
            WriteList(json, "spoken_languages", movie.Languages, language => json.WriteStringValue(language.Code));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, MovieField field, Movie movie)
    {
        switch (field.GetValue(movie))
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case string or DateOnly:
                json.WriteStringValue(field.Format(movie));
                break;
            default:
                json.WriteRawValue(field.Format(movie)!, skipInputValidation: true);
                break;
        }
    }
}
