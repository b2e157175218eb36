namespace CineLedger.Tests.Support;

/// <summary>
/// Finds files of the repository by searching upward from the folder that the tests run in. Release builds contain no paths of the build machine,
/// so the path of a source file cannot be used.
/// </summary>
internal static class Repository
{
    private static string Root { get; } = Find();

    public static string GetPath(params string[] parts) => Path.GetFullPath(Path.Combine([Root, .. parts]));

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "CineLedger.slnx")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException("no CineLedger.slnx above the tests");
    }
}
