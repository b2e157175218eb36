using System.IO.Compression;
using CineLedger.Samples;

namespace CineLedger.Benchmarks;

/// <summary>The movies_metadata.csv of a generated dataset, unpacked.</summary>
internal static class SampleFile
{
    public static async Task<byte[]> MoviesAsync(int movies)
    {
        using var zip = new MemoryStream();
        await SampleWriter.WriteAsync(new SampleOptions { Movies = movies, Ratings = 0 }, zip, default);
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read);
        await using var entry = archive.GetEntry("movies_metadata.csv")!.Open();
        using var file = new MemoryStream();
        await entry.CopyToAsync(file);
        return file.ToArray();
    }
}
