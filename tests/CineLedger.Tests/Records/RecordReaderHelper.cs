using System.Text;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Records;

/// <summary>A record as plain values.</summary>
internal sealed record PlainRecord(int Line, string[] Fields, string Raw, int Pieces, bool IsEmpty);

internal static class RecordReaderHelper
{
    public static Task<List<PlainRecord>> ReadAsync(string text, RecordReaderOptions? options = null, int bytesARead = int.MaxValue) =>
        ReadAsync(Encoding.UTF8.GetBytes(text), options, bytesARead);

    /// <summary>Returns all records after the header.</summary>
    public static async Task<List<PlainRecord>> ReadAsync(byte[] text, RecordReaderOptions? options = null, int bytesARead = int.MaxValue)
    {
        using var stream = new TrickleStream(text, bytesARead);
        var reader = new RecordReader(stream, "movies.csv", options);
        await reader.ReadHeaderAsync(default);
        var records = new List<PlainRecord>();
        await foreach (var batch in reader.ReadBatchesAsync(default))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    records.Add(Plain(batch[i]));
                }
            }
        }

        return records;
    }

    /// <summary>Returns the fields of each record, separated by bars.</summary>
    public static async Task<string[]> FieldsAsync(string text, RecordReaderOptions? options = null, int bytesARead = int.MaxValue) =>
        [.. (await ReadAsync(text, options, bytesARead)).Select(record => string.Join('|', record.Fields))];

    public static async Task<string> ErrorAsync(byte[] text, RecordReaderOptions? options = null)
    {
        var error = await Assert.ThrowsAsync<LedgerException>(() => ReadAsync(text, options));
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    public static Task<string> ErrorAsync(string text, RecordReaderOptions? options = null) => ErrorAsync(Encoding.UTF8.GetBytes(text), options);

    private static PlainRecord Plain(RecordView record)
    {
        var fields = new string[record.FieldCount];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = Encoding.UTF8.GetString(record[i]);
        }

        return new(record.Line, fields, record.RawText, record.Pieces, record.IsEmpty);
    }
}
