using System.Globalization;
using CineLedger.Cleaning;
using CineLedger.Model;

namespace CineLedger.Tests.Cleaning;

public sealed class ContentHashTests
{
    private static readonly Movie Full = new()
    {
        Id = 1,
        Title = "a",
        OriginalTitle = "b",
        ReleaseDate = new(1995, 10, 30),
        Budget = 1,
        Revenue = 2,
        Runtime = 3,
        Popularity = 1.5m,
        VoteAverage = 7.5m,
        VoteCount = 4,
        Language = "c",
        Status = "d",
        Collection = "e",
        ImdbId = "f",
        Adult = false,
        Video = false,
        Homepage = "g",
        PosterPath = "h",
        Tagline = "i",
        Overview = "j",
        Companies = [new("k", 1), new("l", null)],
        Genres = [new("m", 2)],
        Countries = [new("US", "United States")],
        Languages = [new("en", "English")],
        Line = 7,
    };

    [Fact]
    public void Fingerprints_ignore_line_numbers_and_trailing_zeros()
    {
        var hash = new ContentHasher();
        var other = Full with { Line = 99, Popularity = 1.500m, Companies = [new("k", 1), new("l", null)] };
        Assert.Equal(hash.Compute(Full), hash.Compute(other));
        Assert.Equal(hash.Compute(Full), new ContentHasher().Compute(Full));
    }

    [Fact]
    public void Fingerprints_are_the_same_in_every_release() =>
        Assert.Equal("6d5d560e539fadd5", new ContentHasher().Compute(Full).ToString("x", CultureInfo.InvariantCulture));

    [Fact]
    public void Every_field_changes_the_fingerprint()
    {
        Movie[] others =
        [
            Full with { Title = "A" },
            Full with { Title = null },
            Full with { OriginalTitle = null },
            Full with { Title = "ab", OriginalTitle = "" },
            Full with { Title = "b", OriginalTitle = "a" },
            Full with { ReleaseDate = null },
            Full with { ReleaseDate = new(1995, 10, 31) },
            Full with { Budget = null },
            Full with { Budget = 2, Revenue = 1 },
            Full with { Revenue = null },
            Full with { Runtime = null },
            Full with { Popularity = null },
            Full with { Popularity = 1.500001m },
            Full with { VoteAverage = null },
            Full with { VoteCount = null },
            Full with { VoteCount = 0 },
            Full with { Language = null },
            Full with { Status = null },
            Full with { Collection = null },
            Full with { ImdbId = null },
            Full with { Adult = null },
            Full with { Adult = true },
            Full with { Video = null },
            Full with { Video = true },
            Full with { Homepage = null },
            Full with { PosterPath = null },
            Full with { Tagline = null },
            Full with { Overview = null },
            Full with { Companies = [new("l", null), new("k", 1)] },
            Full with { Companies = [new("k", 1)] },
            Full with { Companies = [new("k", 1), new("l", 5)] },
            Full with { Companies = [], Genres = [new("k", 1), new("l", null), new("m", 2)] },
            Full with { Genres = [] },
            Full with { Genres = [new("m", 3)] },
            Full with { Countries = [] },
            Full with { Countries = [new("UK", "United States")] },
            Full with { Languages = [] },
            Full with { Languages = [new("de", "English")] },
        ];
        var hash = new ContentHasher();
        var known = new Dictionary<long, int> { [hash.Compute(Full)] = -1 };
        for (var i = 0; i < others.Length; i++)
        {
            Assert.True(known.TryAdd(hash.Compute(others[i]), i), $"change {i} has the same fingerprint as {known.GetValueOrDefault(hash.Compute(others[i]))}");
        }
    }
}
