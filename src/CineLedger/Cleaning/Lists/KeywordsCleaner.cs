using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning.Lists;

/// <summary>keywords.csv: names, trimmed, each once a film.</summary>
internal sealed class KeywordsCleaner(FileColumns columns, string file) : ListCleaner<string>(columns, file)
{
    private readonly NamedLists<string> _lists = new(null, static (name, _, _) => name, columns.Lists);

    public static FileColumns Columns(IReadOnlyList<string> header, string file) => FileColumns.Read(header, file, DatasetFiles.Keywords, "id", "keywords");

    protected override IReadOnlyList<string> Read(RecordView record, long id, List<Finding> findings, out long hash)
    {
        var text = record[Places[1]];
        if (!_lists.TryRead(text, out var keywords, out var problem))
        {
            findings.Add(InvalidList(record, id, "keywords", text, problem));
        }

        hash = Content.Of(keywords);
        return keywords;
    }
}
