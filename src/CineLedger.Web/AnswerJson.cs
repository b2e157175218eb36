using System.Text.Json.Serialization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Web.Answers;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;

namespace CineLedger.Web;

/// <summary>How documents are written as JSON, by code that the compiler makes: nothing is looked up while the server runs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ReportLink>))]
[JsonSerializable(typeof(QueryVocabulary))]
[JsonSerializable(typeof(MovieFacts))]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Health.Health))]
internal sealed partial class AnswerJson : JsonSerializerContext;
