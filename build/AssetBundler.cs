#nullable enable
#pragma warning disable IDE0005 // The build has no implicit usings, as the tests have.
using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace CineLedger.Build;

/// <summary>
/// Bundles the modules and style sheets of the dashboard (see Assets.targets). Each module becomes a function that returns its exports. It understands only the form in which
/// our files are written and refuses anything else: named imports on one line from a file beside the module, and exported functions, classes and constants, whose names are
/// unique in a bundle.
/// </summary>
public static class AssetBundler
{
    private static readonly Regex Import = new Regex(@"^import \{ (?<names>\w+(, \w+)*) \} from ""\./(?<file>[\w.-]+)"";$");
    private static readonly Regex Export = new Regex(@"^export ((?:async )?function\*? |class |const )(?<name>\w+)");

    /// <summary>Joins a module and the modules that it imports, each once and after those it imports.</summary>
    /// <param name="folder">The folder of the modules.</param>
    /// <param name="entry">The file name of the first module.</param>
    public static string BundleModules(string folder, string entry)
    {
        var modules = new Dictionary<string, Module>(StringComparer.Ordinal);
        var ordered = new List<Module>();
        var open = new Stack<string>();
        Add(entry);

        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var module in ordered)
        {
            foreach (var (file, name) in module.Imports.Where(import => !modules[import.File].Exports.Contains(import.Name)))
            {
                throw new InvalidDataException($"{module.File} imports {name}, which {file} does not export.");
            }

            foreach (var name in module.Exports)
            {
                if (owners.TryGetValue(name, out var owner))
                {
                    throw new InvalidDataException($"{module.File} and {owner} both export {name}: the names of exports must be unique in a bundle.");
                }

                owners.Add(name, module.File);
            }
        }

        return string.Concat(ordered.Select(module => module.Text));

        void Add(string file)
        {
            if (open.Contains(file))
            {
                throw new InvalidDataException($"{file} imports itself through {open.Peek()}: a bundle cannot contain a cycle.");
            }

            if (modules.ContainsKey(file))
            {
                return;
            }

            open.Push(file);
            var module = Module.Read(folder, file);
            modules.Add(file, module);
            foreach (var imported in module.Imports.Select(import => import.File).Distinct())
            {
                Add(imported);
            }

            open.Pop();
            ordered.Add(module);
        }
    }

    /// <summary>Joins style sheets: site.css first, then the others by name, and print.css, which applies to paper only, last.</summary>
    public static string BundleStyles(IEnumerable<string> paths) => string.Concat(
        paths.OrderBy(path => Path.GetFileName(path) switch { "site.css" => 0, "print.css" => 2, _ => 1 }).ThenBy(Path.GetFileName, StringComparer.Ordinal).Select(path =>
        {
            var text = Strip(Regex.Replace(File.ReadAllText(path), @"/\*.*?\*/", "", RegexOptions.Singleline).Split('\n'));
            return Path.GetFileName(path) == "print.css" ? $"@media print {{\n{text}}}\n" : text;
        }));

    /// <summary>
    /// Compresses at the highest level, which takes too long to do for the first request. Returns null on the build engine of Visual Studio, which has no Brotli.
    /// </summary>
    public static byte[]? Compress(byte[] content)
    {
        if (Type.GetType("System.IO.Compression.BrotliStream, System.IO.Compression.Brotli") is not { } brotli)
        {
            return null;
        }

        using var compressed = new MemoryStream();
        const CompressionLevel smallestSize = (CompressionLevel)3;
        using (var stream = (Stream)Activator.CreateInstance(brotli, compressed, smallestSize)!)
        {
            stream.Write(content, 0, content.Length);
        }

        return compressed.ToArray();
    }

    /// <summary>Removes indentation and lines that are empty or comments.</summary>
    private static string Strip(IEnumerable<string> lines) => string.Concat(
        lines.Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("/**", StringComparison.Ordinal))
            .Select(line => line + "\n"));

    private sealed class Module
    {
        private Module(string file) => File = file;

        public string File { get; }

        public List<(string File, string Name)> Imports { get; } = new List<(string, string)>();

        public List<string> Exports { get; } = new List<string>();

        public string Text { get; private set; } = "";

        public static Module Read(string folder, string file)
        {
            var module = new Module(file);
            var path = Path.Combine(folder, file);
            if (!System.IO.File.Exists(path))
            {
                throw new InvalidDataException($"there is no module {file}.");
            }

            var text = new StringBuilder();
            foreach (var line in System.IO.File.ReadAllText(path).Replace("\r", "").Split('\n'))
            {
                if (Import.Match(line) is { Success: true } import)
                {
                    module.Imports.AddRange(import.Groups["names"].Value.Split(',').Select(name => (import.Groups["file"].Value, name.Trim())));
                    continue;
                }

                module.Check(line);
                if (Export.Match(line) is { Success: true } export)
                {
                    module.Exports.Add(export.Groups["name"].Value);
                }

                text.Append(Export.IsMatch(line) ? line.Substring("export ".Length) : line).Append('\n');
            }

            var names = string.Join(", ", module.Exports);
            var body = Strip(text.ToString().Split('\n'));
            module.Text = names.Length == 0 ? $"(() => {{\n{body}}})();\n" : $"const {{ {names} }} = (() => {{\n{body}return {{ {names} }};\n}})();\n";
            return module;
        }

        private void Check(string line)
        {
            var problem = line.StartsWith("import", StringComparison.Ordinal) ? "an import must be of the form: import { a, b } from \"./file.js\";"
                : line.StartsWith("export", StringComparison.Ordinal) && !Export.IsMatch(line) ? "an export must be a function, class or constant"
                : line.StartsWith("await ", StringComparison.Ordinal) ? "a module cannot use await at its top level"
                : Regex.IsMatch(line, @"\bimport\s*[(.]") ? "dynamic imports are not bundled"
                : line.Count(letter => letter == '`') % 2 == 1 ? "a template must be on one line"
                : Regex.IsMatch(line, @"^\s*/\*(?!\*.*\*/\s*$)") ? "a comment must be of the form // or /** */ on one line"
                : null;
            if (problem is not null)
            {
                throw new InvalidDataException($"{File}: {problem}: {line.Trim()}");
            }
        }
    }
}

#if !WITHOUT_BUILD_ENGINE
/// <summary>The build task: writes site.css, site.js and charts.js, and a compressed form beside each.</summary>
public class BundleAssets : Microsoft.Build.Utilities.Task
{
    /// <summary>The folder of the style sheets and modules, with the chart library in a folder of its own.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The folder that receives the bundles.</summary>
    public string OutputFolder { get; set; } = "";

    public override bool Execute()
    {
        try
        {
            Write("site.css", AssetBundler.BundleStyles(Directory.GetFiles(Folder, "*.css")));
            Write("site.js", AssetBundler.BundleModules(Folder, "site.js"));
            Write("charts.js", File.ReadAllText(Path.Combine(Folder, "echarts", "echarts.min.js")).TrimEnd() + "\n" + AssetBundler.BundleModules(Folder, "charts.js"));
        }
        catch (InvalidDataException error)
        {
            Log.LogError("{0}", error.Message);
        }

        return !Log.HasLoggedErrors;
    }

    private void Write(string name, string text)
    {
        var content = new UTF8Encoding(false).GetBytes(text);
        File.WriteAllBytes(Path.Combine(OutputFolder, name), content);
        if (AssetBundler.Compress(content) is { } compressed)
        {
            File.WriteAllBytes(Path.Combine(OutputFolder, name + ".br"), compressed);
        }
    }
}
#endif
