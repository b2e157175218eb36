using CineLedger.Tests.Support;

namespace CineLedger.Tests.RealData;

/// <summary>Finds the original dataset, which is stored beside the repository and never in it.</summary>
internal static class RealData
{
    public const string Full = "the-movies-dataset.zip";
    public const string Head = "the-movies-dataset-head.zip";

    /// <summary>Returns the path of a file, or null if it is missing.</summary>
    public static string? Find(string name)
    {
        var path = Repository.GetPath("..", "shared", "data", name);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Skips the test with a reason if the file is missing. On the build server, a missing file is a failure.</summary>
    public static void SkipIfMissing(string name)
    {
        if (Find(name) is not null)
        {
            return;
        }

        var reason = $"this test needs ../shared/data/{name}, which is missing";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.Skip(reason);
    }
}
