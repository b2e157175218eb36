using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>
/// A dataset from several sources. Movies, credits and keywords may be split into parts (<c>movies-2015.csv</c>, <c>movies-2016.csv</c>), which are read one
/// after another. Ratings and links must each be a single file.
/// </summary>
internal sealed class PartsDataset : Dataset
{
    private readonly IReadOnlyList<Dataset> _members;
    private readonly Dictionary<DatasetFile, (Dataset Member, DatasetFile File)> _owners = [];
    private readonly Dictionary<DatasetFile, IReadOnlyList<DatasetFile>> _parts = [];

    public override IReadOnlyList<DatasetFile> Files { get; }

    public override IReadOnlyList<string> OtherFiles { get; }

    public override bool IsSynthetic => _members.Any(member => member.IsSynthetic);

    internal override LedgerException? Refusal => _members.Select(member => member.Refusal).FirstOrDefault(refusal => refusal is not null);

    internal override IReadOnlyList<Original> Originals => [.. _members.SelectMany(member => member.Originals)];

    /// <param name="displayName">The joint address of all members.</param>
    /// <param name="members">The sources, which are disposed with this dataset.</param>
    /// <exception cref="LedgerException">A file that must not be split occurs twice, or the same file was given twice.</exception>
    public PartsDataset(string displayName, IReadOnlyList<Dataset> members)
    {
        _members = members;
        OtherFiles = [.. members.SelectMany(member => member.OtherFiles)];
        Files = [.. members.SelectMany(member => member.Files.Select(file => (Member: member, File: file)))
            .GroupBy(place => place.File.Name).Select(group => AddFile(displayName, [.. group]))];
    }

    public override IReadOnlyList<DatasetFile> GetParts(DatasetFile file) => _parts.GetValueOrDefault(file) ?? [file];

    public override string GetDisplayName(DatasetFile file) => _owners.TryGetValue(file, out var owner) ? owner.Member.GetDisplayName(owner.File) : base.GetDisplayName(file);

    public override Stream Open(DatasetFile file) => _owners[file] is var (member, inner) ? member.Open(inner) : throw new ArgumentException(file.Path, nameof(file));

    internal override IEnumerable<Func<Stream>> FindOtherFiles(string name) => _members.SelectMany(member => member.FindOtherFiles(name));

    public override async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
        {
            await member.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private DatasetFile AddFile(string displayName, (Dataset Member, DatasetFile File)[] places)
    {
        if (places is [var (member, file)])
        {
            _owners[file] = (member, file);
            return file;
        }
        if (places[0].File.Name is not (DatasetFiles.Movies or DatasetFiles.Credits or DatasetFiles.Keywords))
        {
            throw new LedgerException($"{displayName}: {places[0].File.Name} occurs twice, as {places[0].Member.GetDisplayName(places[0].File)} and as " +
                                      $"{places[1].Member.GetDisplayName(places[1].File)}; only movies, credits and keywords may be split into parts. Remove one of them.");
        }

        // Findings name the part, so the names must be distinct.
        var names = Array.ConvertAll(places, place => place.File.Path[(place.File.Path.LastIndexOfAny(['/', '\\']) + 1)..]);
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            names = Array.ConvertAll(places, place => place.Member.GetDisplayName(place.File));
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new LedgerException($"{twice.Key}: given twice. Remove one.");
        }

        DatasetFile[] parts = [.. places.Select((place, i) => place.File with { Name = names[i] })];
        for (var i = 0; i < parts.Length; i++)
        {
            _owners[parts[i]] = places[i];
        }

        var combined = new DatasetFile(
            places[0].File.Name, $"{parts[0].Path} and {parts.Length - 1} more", parts.Any(part => part.Length is null) ? null : parts.Sum(part => part.Length))
        {
            Refusal = parts.Select(part => part.Refusal).FirstOrDefault(refusal => refusal is not null),
        };
        _parts[combined] = parts;
        return combined;
    }
}
