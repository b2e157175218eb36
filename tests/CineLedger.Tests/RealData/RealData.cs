using CineLedger.Tests.Support;

namespace CineLedger.Tests.RealData;

/// <summary>The original dataset, which lies beside the repository and is never part of it.</summary>
internal static class RealData
{
    public const string Full = "the-movies-dataset.zip";
    public const string Head = "the-movies-dataset-head.zip";

    /// <summary>Where the file lies; null where it is not there.</summary>
    public static string? Find(string name)
    {
        var path = Repository.GetPath("..", "shared", "data", name);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Skips the test and says why where the file is missing; on the build server it must be there.</summary>
    public static void SkipIfMissing(string name)
    {
        if (Find(name) is not null)
        {
            return;
        }

        var reason = $"needs ../shared/data/{name} beside the repository";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.Skip(reason);
    }
}
