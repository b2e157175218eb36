namespace CineLedger.Tests.Support;

/// <summary>
/// The files of the repository that the tests were built in: looked for upwards from where they run, since a build for release keeps no
/// path of the machine that a test's own source file could be found by.
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
