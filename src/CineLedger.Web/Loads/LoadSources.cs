using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Loads;

/// <summary>
/// Which sources may be named over HTTP: addresses on the public internet, which the download itself sees to (see
/// <see cref="CineLedger.Sources.Http.PublicNetwork"/>), and what lies in one folder, if the server has one.
/// </summary>
internal static class LoadSources
{
    /// <summary>The address to open. Throws a <see cref="ProblemException"/> where it may not be, without telling whether there is something.</summary>
    public static string Check(string source, WebOptions options)
    {
        var place = source.Contains('\0', StringComparison.Ordinal) ? throw Refused("it holds a null character.") : Parse(source);
        if (place.Uri is not null)
        {
            return source;
        }

        if (place.S3 is not null)
        {
            throw Refused("this server's keys to S3 are nobody's to use: give an http(s) address of the object, signed if need be.");
        }

        if (place.Path is null)
        {
            throw Refused("the server's standard input is nobody's to name.");
        }

        if (options.LoadFrom is null)
        {
            throw Refused("this server takes http(s) addresses alone: it was started without --load-from DIR, the folder for files.");
        }

        var folder = RealPath(Path.GetFullPath(options.LoadFrom));
        var real = RealPath(Path.GetFullPath(place.Path, folder));
        if (!IsIn(real, folder))
        {
            throw Refused("it lies outside of the folder that this server loads from.");
        }

        // Of a folder its files are read, each of which may be a link as well.
        foreach (var file in Directory.Exists(real) ? Directory.EnumerateFiles(real) : [])
        {
            if (!IsIn(RealPath(file), folder))
            {
                throw Refused($"{Path.GetFileName(file)} in it is a link to outside of the folder that this server loads from.");
            }
        }

        return Path.Exists(real) ? real : throw Refused("there is no such file or folder.");
    }

    private static SourceAddress Parse(string source)
    {
        try
        {
            return SourceAddress.Parse(source);
        }
        catch (UsageException error)
        {
            throw Problems.BadParameter("source", error.Message);
        }
    }

    private static ProblemException Refused(string why) => Problems.BadParameter("source", why);

    private static bool IsIn(string path, string folder) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>A whole path with every link on its way followed; what does not exist stays as it is.</summary>
    private static string RealPath(string path)
    {
        const int mostLinks = 40;
        for (var links = 0; links <= mostLinks; links++)
        {
            if (FirstLink(path) is not { } link)
            {
                return path;
            }

            var target = Path.GetFullPath(link.Info.LinkTarget!, Path.GetDirectoryName(link.Info.FullName)!);
            path = Path.GetFullPath(Path.Join(target, link.Remainder));
        }

        throw Refused("its links lead in a circle.");
    }

    /// <summary>The first link from the root on, and what follows it; null where there is none.</summary>
    private static (FileSystemInfo Info, string Remainder)? FirstLink(string path)
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
