using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CineLedger.Records;

namespace CineLedger.Benchmarks;

/// <summary>Compares our reader on a Python literal, a list of companies of 200 bytes, with Utf8JsonReader on the same list as JSON.</summary>
[MemoryDiagnoser]
public class LiteralReaderBenchmark
{
    private readonly byte[] _python = Encoding.UTF8.GetBytes(
        "[{'name': 'TriStar Pictures', 'id': 559}, {'name': 'Teitler Film', 'id': 2550}, "
        + "{'name': \"D'Artagnan Productions\", 'id': 10201}, {'name': 'Interscope Communications', 'id': 10201}]");

    private readonly byte[] _json = Encoding.UTF8.GetBytes(
        "[{\"name\": \"TriStar Pictures\", \"id\": 559}, {\"name\": \"Teitler Film\", \"id\": 2550}, "
        + "{\"name\": \"D'Artagnan Productions\", \"id\": 10201}, {\"name\": \"Interscope Communications\", \"id\": 10201}]");

    [Benchmark(Baseline = true)]
    public int CineLedger()
    {
        var reader = new LiteralReader(_python);
        var tokens = 0;
        while (reader.Read())
        {
            tokens += reader.Value.Length;
        }

        return tokens;
    }

    [Benchmark]
    public int SystemTextJson()
    {
        var reader = new Utf8JsonReader(_json);
        var tokens = 0;
        while (reader.Read())
        {
            tokens += reader.ValueSpan.Length;
        }

        return tokens;
    }
}
