using System.IO.Hashing;
using System.Runtime.InteropServices;
using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>
/// The names in the lists and collections of a whole movies file, by column. They are collected only if a name was decoded wrongly, to find out whether the file
/// also contains the correct name.
/// </summary>
public sealed class FileNames
{
    private readonly HashSet<ulong> _hashes = [];

    /// <summary>Returns the correct form of a wrongly decoded name, if the same column contains it; otherwise null.</summary>
    internal string? FindOriginal(string column, string name) => WronglyDecoded.GetOriginals(name).FirstOrDefault(original => _hashes.Contains(GetHash(column, original)));

    /// <summary>Collects the names of a file.</summary>
    /// <param name="batches">The file's records, which are disposed one by one.</param>
    /// <param name="columns">The file's columns.</param>
    public static async Task<FileNames> ObserveAsync(IAsyncEnumerable<RecordBatch> batches, MovieColumns columns)
    {
        var names = new FileNames();
        var lists = columns.Lists;
        (string Column, int Position, NamedListParser<string> Parser)[] parsers =
        [
            ("genres", columns.Genres, new(null, KeepName, lists.Genres, isGenres: true)),
            ("production_companies", columns.Companies, new(null, KeepName, lists.Companies)),
            ("production_countries", columns.Countries, new("iso_3166_1", KeepName, lists.Countries)),
            ("spoken_languages", columns.Languages, new("iso_639_1", KeepName, lists.Languages)),
        ];
        await foreach (var batch in batches.ConfigureAwait(false))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    names.Add(batch[i], columns, parsers);
                }
            }
        }

        return names;
    }

    private static string KeepName(string name, string? key, long? id) => name;

    private void Add(RecordView record, MovieColumns columns, (string Column, int Position, NamedListParser<string> Parser)[] parsers)
    {
        foreach (var (column, position, parser) in parsers)
        {
            _ = parser.TryParse(record[position], out var list, out _);
            foreach (var name in list)
            {
                _hashes.Add(GetHash(column, name));
            }
        }

        if (CollectionParser.TryParse(record[columns.Collection], columns.Lists.Collection.Notation, out var collection, out _) && collection is not null)
        {
            _hashes.Add(GetHash(MovieColumns.CollectionName, collection));
        }
    }

    private static ulong GetHash(string column, string name) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan()), (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(column.AsSpan())));
}
