using System.Text;
using BenchmarkDotNet.Attributes;
using CineLedger.Records;
using Sylvan.Data.Csv;

namespace CineLedger.Benchmarks;

/// <summary>Compares our reader with Sylvan's on all fields of a generated movies_metadata.csv of 20,000 movies, as UTF-8 bytes in memory.</summary>
[MemoryDiagnoser]
public class RecordReaderBenchmark
{
    private byte[] _file = [];

    [GlobalSetup]
    public async Task SetUp() => _file = await SampleFile.MoviesAsync(20_000);

    /// <summary>Finds every record and field, checks the UTF-8, counts physical lines, joins broken records.</summary>
    [Benchmark(Baseline = true)]
    public async Task<long> CineLedger()
    {
        var reader = new RecordReader(new MemoryStream(_file), "movies_metadata.csv");
        await reader.ReadHeaderAsync(default);
        var bytes = 0L;
        await foreach (var batch in reader.ReadBatchesAsync(default))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var record = batch[i];
                    for (var f = 0; f < record.FieldCount; f++)
                    {
                        bytes += record[f].Length;
                    }
                }
            }
        }

        return bytes;
    }

    /// <summary>Finds every record and field of the decoded text, without tracking lines or raw text and without joining broken records.</summary>
    [Benchmark]
    public async Task<long> Sylvan()
    {
        using var text = new StreamReader(new MemoryStream(_file), Encoding.UTF8);
        await using var reader = await CsvDataReader.CreateAsync(text, new CsvDataReaderOptions { BufferSize = 0x100000 });
        var characters = 0L;
        while (await reader.ReadAsync())
        {
            for (var f = 0; f < reader.RowFieldCount; f++)
            {
                characters += reader.GetFieldSpan(f).Length;
            }
        }

        return characters;
    }
}
