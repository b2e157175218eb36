using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning.Lists;

/// <summary>Cleans credits.csv: the cast sorted by order number, then the crew in file order.</summary>
internal sealed class CreditsCleaner(FileColumns columns, string file) : ListCleaner<Credit>(columns, file)
{
    private readonly CreditListParser _lists = new();
    private readonly CreditListBuilder _people = new();

    public static FileColumns ReadColumns(IReadOnlyList<string> header, string file) => FileColumns.Read(header, file, DatasetFiles.Credits, "id", "cast", "crew");

    protected override IReadOnlyList<Credit> Read(RecordView record, long id, List<Finding> findings, out long hash)
    {
        _people.Clear();
        Add(record, FileColumns[1], "cast", id, findings);
        Add(record, FileColumns[2], "crew", id, findings);
        if (_people.Count == 0)
        {
            hash = 0;
            return CreditList.Empty;
        }

        var people = _people.ToList();
        hash = Content.Compute(people);
        return people;
    }

    private void Add(RecordView record, int column, string field, long id, List<Finding> findings)
    {
        var text = record[column];
        var before = _people.Count;
        if (!_lists.TryParse(text, field == "cast", _people, out var problem))
        {
            _people.Truncate(before);
            findings.Add(CreateInvalidList(record, id, field, text, problem));
        }
    }
}
