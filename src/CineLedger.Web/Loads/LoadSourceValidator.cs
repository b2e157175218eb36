using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Loads;

/// <summary>
/// Which sources may be named over HTTP: addresses on the public internet, which the download itself sees to (see
/// <see cref="CineLedger.Sources.Http.PublicNetwork"/>), and what lies in one folder, if the server has one.
/// </summary>
internal static class LoadSourceValidator
{
    /// <summary>The address to open. Throws a <see cref="ProblemException"/> where it may not be, without telling whether there is something.</summary>
    public static string Check(string source, WebOptions options)
    {
        var place = source.Contains('\0', StringComparison.Ordinal) ? throw CreateRefusal("it holds a null character.") : Parse(source);
        if (place.Uri is not null)
        {
            return source;
        }

        if (place.S3 is not null)
        {
            throw CreateRefusal("this server's keys to S3 are nobody's to use: give an http(s) address of the object, signed if need be.");
        }

        if (place.Path is null)
        {
            throw CreateRefusal("the server's standard input is nobody's to name.");
        }

        if (options.SourceFolder is null)
        {
            throw CreateRefusal("this server takes http(s) addresses alone: it was started without --load-from DIR, the folder for files.");
        }

        var folder = ResolvePath(Path.GetFullPath(options.SourceFolder));
        var real = ResolvePath(Path.GetFullPath(place.Path, folder));
        if (!IsIn(real, folder))
        {
            throw CreateRefusal("it lies outside of the folder that this server loads from.");
        }

        // Of a folder its files are read, each of which may be a link as well.
        foreach (var file in Directory.Exists(real) ? Directory.EnumerateFiles(real) : [])
        {
            if (!IsIn(ResolvePath(file), folder))
            {
                throw CreateRefusal($"{Path.GetFileName(file)} in it is a link to outside of the folder that this server loads from.");
            }
        }

        return Path.Exists(real) ? real : throw CreateRefusal("there is no such file or folder.");
    }

    private static SourceAddress Parse(string source)
    {
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

    /// <summary>A whole path with every link on its way followed; what does not exist stays as it is.</summary>
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

        throw CreateRefusal("its links lead in a circle.");
    }

    /// <summary>The first link from the root on, and what follows it; null where there is none.</summary>
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
