using System.Text.RegularExpressions;
using System.Xml.Linq;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Architecture;

/// <summary>
/// A project's source files as a graph of its first-level folders. A file adds an edge to another folder if it has a <c>using</c> line for it, or names a type
/// that only that folder declares and that is in scope. Built from the source text because an assembly does not record folders.
/// </summary>
internal sealed partial class SourceTree
{
    private readonly List<SourceFile> _files;

    private SourceTree(List<SourceFile> files) => _files = files;

    public IReadOnlyList<SourceFile> Files => _files;

    /// <param name="project">The project's folder in <c>src</c>.</param>
    public static SourceTree Read(string project)
    {
        var root = Repository.GetPath("src", project);
        var common = Directory.GetFiles(root, "_Imports.razor", SearchOption.AllDirectories).SelectMany(file => Usings(File.ReadAllText(file))).ToHashSet();
        return new([.. Directory.EnumerateFiles(root, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Select(file => (Path: file, Relative: Path.GetRelativePath(root, file).Replace('\\', '/')))
            .Where(file => !file.Relative.StartsWith("obj/", StringComparison.Ordinal) && !file.Relative.StartsWith("bin/", StringComparison.Ordinal))
            .Select(file => SourceFile.Read(project, file.Relative, File.ReadAllText(file.Path), common))]);
    }

    public static string ReadText(string project, SourceFile file) => File.ReadAllText(Repository.GetPath("src", project, file.Path));

    /// <summary>Returns the names of the projects that a project references.</summary>
    public static IEnumerable<string> References(string project) => Includes(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    /// <summary>Returns the names of the packages that a project references.</summary>
    public static IEnumerable<string> Packages(string project) => Includes(project, "PackageReference");

    /// <summary>Returns the edges between folders, each with a file and type that cause it. The name of the project's root folder is empty.</summary>
    public Dictionary<(string From, string To), string> Edges()
    {
        var declared = _files.SelectMany(file => file.Declared.Select(name => (Name: name, File: file))).ToLookup(at => at.Name, at => at.File);
        var edges = new Dictionary<(string, string), string>();
        foreach (var file in _files)
        {
            // Unnecessary using lines fail the build, so every remaining one counts, even if it only imports extension methods.
            foreach (var use in file.Usings.Where(_ => file.Path.EndsWith(".cs", StringComparison.Ordinal)))
            {
                if (_files.Find(other => other.Folder.Length > 0 && other.Folder != file.Folder && other.Namespace == use) is { } used)
                {
                    edges.TryAdd((file.Folder, used.Folder), $"{file.Path}: using {use}");
                }
            }

            foreach (var name in file.Mentioned)
            {
                if (declared[name].Select(other => other.Folder).Distinct().ToList() is [var folder] && folder != file.Folder && declared[name]
                    .Any(other => file.Reaches(other.Namespace)))
                {
                    edges.TryAdd((file.Folder, folder), $"{file.Path}: {name}");
                }
            }
        }

        return edges;
    }

    /// <summary>Returns the folders of a cycle, or none.</summary>
    public static IReadOnlyList<string> FindCycle(IEnumerable<(string From, string To)> edges)
    {
        var left = edges.ToHashSet();
        for (var before = -1; before != left.Count;)
        {
            before = left.Count;
            left.RemoveWhere(edge => !left.Any(next => next.From == edge.To));
        }

        return [.. left.Select(edge => edge.From).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Includes(string project, string item) =>
        XDocument.Load(Repository.GetPath("src", project, $"{project}.csproj")).Descendants(item).Attributes("Include").Select(include => include.Value);

    private static IEnumerable<string> Usings(string text) => UsingLine().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^\s*@?using (?:static )?(?:\w+ = )?([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    internal sealed partial record SourceFile(string Path, string Folder, string Namespace, IReadOnlySet<string> Usings,
        IReadOnlyCollection<string> Declared, IReadOnlySet<string> Mentioned)
    {
        public static SourceFile Read(string project, string path, string text, IEnumerable<string> common)
        {
            var code = Noise().Replace(text, match => match.Value.StartsWith('"') ? "\"\"" : "");
            var isPage = path.EndsWith(".razor", StringComparison.Ordinal);
            var folder = System.IO.Path.GetDirectoryName(path)!.Replace('\\', '/');
            var space = NamespaceLine().Match(code) is { Success: true } match ? match.Groups[1].Value : $"{project}.{folder.Replace('/', '.')}".TrimEnd('.');
            var declared = Declaration().Matches(code).Select(match => match.Groups[1].Value).Concat(isPage ? [System.IO.Path.GetFileNameWithoutExtension(path)] : []);
            return new(path, folder.Split('/')[0], space, SourceTree.Usings(text).Concat(isPage ? common : []).ToHashSet(), [.. declared],
                Word().Matches(code).Select(word => word.Value).ToHashSet());
        }

        public bool Reaches(string space) => Usings.Contains(space) || Namespace == space || Namespace.StartsWith($"{space}.", StringComparison.Ordinal);

        /// <summary>Matches comments and literals.</summary>
        [GeneratedRegex(@"/\*.*?\*/|//[^\n]*|""{3,}.*?""{3,}|""(?:\\.|[^""\\\n])*""", RegexOptions.Singleline)]
        private static partial Regex Noise();

        [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
        private static partial Regex NamespaceLine();

        [GeneratedRegex(@"^(?:[a-z]+ )*?(?:class|record struct|record|struct|interface|enum|delegate [\w<>?\[\], ]+)\s+([A-Z]\w+)", RegexOptions.Multiline)]
        private static partial Regex Declaration();

        [GeneratedRegex(@"\b[A-Z]\w+\b")]
        private static partial Regex Word();
    }
}
