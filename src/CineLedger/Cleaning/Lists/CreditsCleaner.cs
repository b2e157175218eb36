using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning.Lists;

/// <summary>credits.csv: the cast in its order, then the crew as it is listed.</summary>
internal sealed class CreditsCleaner(FileColumns columns, string file) : ListCleaner<Credit>(columns, file)
{
    private readonly CreditLists _lists = new();
    private readonly List<Credit> _people = [];

    public static FileColumns Columns(IReadOnlyList<string> header, string file) => FileColumns.Read(header, file, "id", "cast", "crew");

    protected override IReadOnlyList<Credit> Read(RecordView record, long id, List<Finding> findings, out long hash)
    {
        _people.Clear();
        Add(record, Places[1], "cast", id, findings);
        Add(record, Places[2], "crew", id, findings);
        hash = Content.Of(_people);
        return _people.ToArray();
    }

    private void Add(RecordView record, int column, string field, long id, List<Finding> findings)
    {
        var text = record[column];
        var before = _people.Count;
        if (!_lists.TryRead(text, field == "cast", _people, out var problem))
        {
            _people.RemoveRange(before, _people.Count - before);
            findings.Add(InvalidList(record, id, field, text, problem));
        }
    }
}
