using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Loads;

/// <summary>
/// Checks which sources may be loaded over HTTP: addresses on the public internet, which the download itself enforces (see
/// <see cref="CineLedger.Sources.Http.PublicNetwork"/>), and the content of the server's folder for sources, if it has one.
/// </summary>
internal static class LoadSourceValidator
{
    /// <summary>
    /// Returns the path or address to open. Throws a <see cref="ProblemException"/> when it is not allowed, without revealing whether it exists.
    /// </summary>
    public static string Check(string source, WebOptions options)
    {
        var parsed = Parse(source);
        if (parsed.Uri is not null)
        {
            return source;
        }

        if (parsed.S3 is not null)
        {
            throw CreateRefusal("S3 sources are not allowed over HTTP, because they would use this server's keys: use an http(s) address of the object, signed if necessary.");
        }

        if (parsed.Path is null)
        {
            throw CreateRefusal("standard input is not allowed over HTTP.");
        }

        if (options.SourceFolder is null)
        {
            throw CreateRefusal("only http(s) addresses are allowed, because this server was started without --load-from DIR, the folder for files.");
        }

        var folder = ResolvePath(Path.GetFullPath(options.SourceFolder));
        var real = ResolvePath(Path.GetFullPath(parsed.Path, folder));
        if (!IsIn(real, folder))
        {
            throw CreateRefusal("the source is outside the folder that this server loads from.");
        }

        // In a folder, each file may be a link as well.
        foreach (var file in Directory.Exists(real) ? Directory.EnumerateFiles(real) : [])
        {
            if (!IsIn(ResolvePath(file), folder))
            {
                throw CreateRefusal($"{Path.GetFileName(file)} is a link to a place outside the folder that this server loads from.");
            }
        }

        return Path.Exists(real) ? real : throw CreateRefusal("the file or folder does not exist.");
    }

    /// <summary>Parses a path or address. Throws a <see cref="ProblemException"/> when it is malformed.</summary>
    public static SourceAddress Parse(string source)
    {
        if (source.Contains('\0', StringComparison.Ordinal))
        {
            throw CreateRefusal("the source contains a null character.");
        }

        try
        {
            return SourceAddress.Parse(source);
        }
        catch (UsageException error)
        {
            throw Problems.InvalidParameter("source", error.Message);
        }
    }

    private static ProblemException CreateRefusal(string reason) => Problems.InvalidParameter("source", reason);

    private static bool IsIn(string path, string folder) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Resolves all links in a full path. Parts that do not exist stay unchanged.</summary>
    private static string ResolvePath(string path)
    {
        const int maxLinks = 40;
        for (var links = 0; links <= maxLinks; links++)
        {
            if (FindFirstLink(path) is not { } link)
            {
                return path;
            }

            var target = Path.GetFullPath(link.Info.LinkTarget!, Path.GetDirectoryName(link.Info.FullName)!);
            path = Path.GetFullPath(Path.Join(target, link.Remainder));
        }

        throw CreateRefusal("the source contains circular links.");
    }

    /// <summary>Returns the first link in a path and the rest of the path, or null without a link.</summary>
    private static (FileSystemInfo Info, string Remainder)? FindFirstLink(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var parts = path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        var at = root;
        for (var i = 0; i < parts.Length; i++)
        {
            at = Path.Combine(at, parts[i]);
            var info = new FileInfo(at);
            if (info.LinkTarget is not null)
            {
                return (info, string.Join(Path.DirectorySeparatorChar, parts[(i + 1)..]));
            }
        }

        return null;
    }
}
