using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning.Lists;

/// <summary>Cleans keywords.csv: trimmed names, each once per movie.</summary>
internal sealed class KeywordsCleaner(FileColumns columns, string file) : ListCleaner<string>(columns, file)
{
    private readonly NamedListParser<string> _lists = new(null, static (name, _, _) => name, columns.Names);

    /// <summary>The index of the keywords among the required columns.</summary>
    public const int NamesIndex = 1;

    public static FileColumns ReadColumns(IReadOnlyList<string> header, string file) => FileColumns.Read(header, file, DatasetFiles.Keywords, "id", "keywords");

    protected override IReadOnlyList<string> Read(RecordView record, long id, List<Finding> findings, out long hash)
    {
        var text = record[FileColumns[NamesIndex]];
        if (!_lists.TryParse(text, out var keywords, out var problem))
        {
            findings.Add(CreateInvalidList(record, id, "keywords", text, problem, _lists.InvalidEntry));
        }
        else if (_lists.IsAmbiguous)
        {
            findings.Add(CreateAmbiguousNames(record, id, "keywords", text));
        }

        foreach (var (name, _) in _lists.WronglyDecodedNames)
        {
            AddWronglyDecoded(name, "keywords", record.Line);
        }

        hash = Content.Compute(keywords);
        return keywords;
    }
}
