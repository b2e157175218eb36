using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>Movies as JSON, under the names that <see cref="MovieColumns.JsonFields"/> reads.</summary>
internal static class TmdbJson
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly string[] Leading = ["imdb_id", "title", "original_title", "original_language", "release_date", "status"];

    /// <summary>In the order in which movies have always been written: the texts that tell which movie it is come first, what is an object last.</summary>
    private static readonly MovieField[] Ordered = [.. MovieField.All.OrderBy(field =>
        field.Kind == MovieFieldKind.Collection ? int.MaxValue : Array.IndexOf(Leading, field.SourceName) is >= 0 and var place ? place : Leading.Length)];

    /// <summary>
    /// Writes a movie as one object in the shape of TMDB's <c>/movie/{id}</c>, as far as the ledger knows it: what reads it (POST /api/v1/movies, a consumer)
    /// finds the same content again, fingerprint and all.
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

    /// <summary>A movie as a finding shows it: in one line, without unknown fields, lists and collection as mere names.</summary>
    public static string ToText(Movie movie)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("id", movie.Id);
            foreach (var field in MovieField.All.Where(field => field.IsKnown(movie)))
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
