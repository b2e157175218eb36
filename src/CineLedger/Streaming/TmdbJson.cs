using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CineLedger.Model;

namespace CineLedger.Streaming;

/// <summary>
/// A film as one JSON object in the shape of TMDB's <c>/movie/{id}</c>, as far as the ledger knows it: what reads it (POST /api/v1/movies, a
/// consumer) finds the same content again, fingerprint and all.
/// </summary>
internal static class TmdbJson
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Utf8JsonWriter json, Movie movie)
    {
        json.WriteStartObject();
        json.WriteNumber("id", movie.Id);
        Text("imdb_id", movie.ImdbId);
        Text("title", movie.Title);
        Text("original_title", movie.OriginalTitle);
        Text("original_language", movie.Language);
        Text("release_date", movie.ReleaseDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Text("status", movie.Status);
        Number("budget", movie.Budget);
        Number("revenue", movie.Revenue);
        Number("runtime", movie.Runtime);
        Number("popularity", movie.Popularity);
        Number("vote_average", movie.VoteAverage);
        Number("vote_count", movie.VoteCount);
        Truth("adult", movie.Adult);
        Truth("video", movie.Video);
        Text("homepage", movie.Homepage);
        Text("poster_path", movie.PosterPath);
        Text("tagline", movie.Tagline);
        Text("overview", movie.Overview);
        json.WritePropertyName("belongs_to_collection");
        Named("name", movie.Collection, null, null);
        List("genres", movie.Genres, genre => Named("name", genre.Name, "id", genre.SourceId));
        List("production_companies", movie.Companies, company => Named("name", company.Name, "id", company.SourceId));
        List("production_countries", movie.Countries, country => Coded("iso_3166_1", country.Code, country.Name));
        List("spoken_languages", movie.Languages, language => Coded("iso_639_1", language.Code, language.Name));
        json.WriteEndObject();

        void Text(string name, string? value)
        {
            if (value is null)
            {
                json.WriteNull(name);
            }
            else
            {
                json.WriteString(name, value);
            }
        }

        void Number(string name, decimal? value)
        {
            json.WritePropertyName(name);

            // Without needless zeros: a decimal from the ledger has six places, one from a dataset as many as were written.
            json.WriteRawValue(value is { } known ? known.ToString("0.######", CultureInfo.InvariantCulture) : "null", skipInputValidation: true);
        }

        void Truth(string name, bool? value)
        {
            if (value is { } known)
            {
                json.WriteBoolean(name, known);
            }
            else
            {
                json.WriteNull(name);
            }
        }

        void Named(string key, string? name, string? idKey, long? id)
        {
            if (name is null)
            {
                json.WriteNullValue();
                return;
            }

            json.WriteStartObject();
            if (idKey is not null && id is { } known)
            {
                json.WriteNumber(idKey, known);
            }

            json.WriteString(key, name);
            json.WriteEndObject();
        }

        void Coded(string key, string code, string name)
        {
            json.WriteStartObject();
            json.WriteString(key, code);
            json.WriteString("name", name);
            json.WriteEndObject();
        }

        void List<T>(string name, IReadOnlyList<T> items, Action<T> write)
        {
            json.WriteStartArray(name);
            foreach (var item in items)
            {
                write(item);
            }

            json.WriteEndArray();
        }
    }
}
