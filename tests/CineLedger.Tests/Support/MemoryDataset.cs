using System.Text;
using CineLedger.Sources;

namespace CineLedger.Tests.Support;

/// <summary>A dataset whose files are byte arrays.</summary>
internal sealed class MemoryDataset(params (string Name, byte[] Content)[] files) : Dataset
{
    /// <summary>Files that are not part of the dataset, like a list of studios.</summary>
    public IReadOnlyList<(string Name, string Text)> Others { get; init; } = [];

    public override IReadOnlyList<string> OtherFiles => [.. Others.Select(file => file.Name)];

    public override IReadOnlyList<DatasetFile> Files => [.. files.Select(file => new DatasetFile(file.Name, file.Name, file.Content.Length) { IsJson = IsJson })];

    public bool IsJson { get; init; }

    /// <summary>Called with each opened stream; returns the stream that is read instead.</summary>
    public Func<Stream, Stream> Wrap { get; init; } = stream => stream;

    public bool Synthetic { get; init; }

    public override bool IsSynthetic => Synthetic;

    /// <summary>Returns a dataset with only a movies file.</summary>
    public static MemoryDataset Create(string movies, string? version = null, Func<Stream, Stream>? wrap = null) =>
        new((DatasetFiles.Movies, Encoding.UTF8.GetBytes(movies)))
        {
            Address = "memory",
            Version = version,
            Wrap = wrap ?? (stream => stream),
        };

    public override Stream Open(DatasetFile file) => files.FirstOrDefault(other => other.Name == file.Name) is { Content: { } content }
        ? Wrap(new MemoryStream(content))
        : new MemoryStream(Encoding.UTF8.GetBytes(Others.First(other => other.Name == file.Path).Text));
}
