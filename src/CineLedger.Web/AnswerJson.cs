using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Web.Answers;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;

namespace CineLedger.Web;

/// <summary>How documents are written as JSON, by code that the compiler makes: nothing is looked up while the server runs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(PlainDecimals)])]
[JsonSerializable(typeof(IReadOnlyList<ReportLink>))]
[JsonSerializable(typeof(QueryVocabulary))]
[JsonSerializable(typeof(MovieFacts))]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Health.Health))]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    /// <summary>With texts as they are: an answer is never part of a page, and quotes and accents are to be read.</summary>
    public static AnswerJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
