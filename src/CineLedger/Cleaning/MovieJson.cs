using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>A film as one line of JSON under the dataset's own column names; unknown fields are left out.</summary>
internal static class MovieJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Movie movie)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("id", movie.Id);
            Text("title", movie.Title);
            Text("original_title", movie.OriginalTitle);
            Text("release_date", movie.ReleaseDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            Number("budget", movie.Budget);
            Number("revenue", movie.Revenue);
            Number("runtime", movie.Runtime);
            Number("popularity", movie.Popularity);
            Number("vote_average", movie.VoteAverage);
            Number("vote_count", movie.VoteCount);
            Text("original_language", movie.Language);
            Text("status", movie.Status);
            Text("belongs_to_collection", movie.Collection);
            Text("imdb_id", movie.ImdbId);
            Truth("adult", movie.Adult);
            Truth("video", movie.Video);
            Text("homepage", movie.Homepage);
            Text("poster_path", movie.PosterPath);
            Text("tagline", movie.Tagline);
            Text("overview", movie.Overview);
            List("production_companies", movie.Companies.Select(company => company.Name));
            List("genres", movie.Genres.Select(genre => genre.Name));
            List("production_countries", movie.Countries.Select(country => country.Code));
            List("spoken_languages", movie.Languages.Select(language => language.Code));
            json.WriteEndObject();

            void Text(string name, string? value)
            {
                if (value is not null)
                {
                    json.WriteString(name, value);
                }
            }

            void Number(string name, decimal? value)
            {
                if (value is { } known)
                {
                    // Without needless zeros: a decimal from the ledger has six places, one from the dataset as many as were written.
                    json.WritePropertyName(name);
                    json.WriteRawValue(known.ToString("0.######", CultureInfo.InvariantCulture));
                }
            }

            void Truth(string name, bool? value)
            {
                if (value is { } known)
                {
                    json.WriteBoolean(name, known);
                }
            }

            void List(string name, IEnumerable<string> values)
            {
                json.WriteStartArray(name);
                foreach (var value in values)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
