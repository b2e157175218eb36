using System.Text;
using CineLedger.Sources;

namespace CineLedger.Tests.Support;

/// <summary>Hand-written ratings, links, credits and keywords for movies 11 and 12.</summary>
internal static class RelatedFiles
{
    public const string Links = "movieId,imdbId,tmdbId\n1,0114709,11\n2,0113497,12\n";
    public const string Ratings = "userId,movieId,rating,timestamp\n7,1,4.0,820454400\n7,2,3.5,820454399\n8,1,0.5,820454400\n";
    public const string Credits =
        """
        cast,crew,id
        "[{'character': 'Woody (voice)', 'id': 31, 'name': 'Tom Hanks', 'order': 1}, {'character': '', 'id': 12898, 'name': 'Tim Allen', 'order': 0}]","[{'department': 'Directing', 'id': 7879, 'job': 'Director', 'name': 'John Lasseter'}]",11
        [],"[{'department': 'Directing', 'id': 7879, 'job': 'Director', 'name': 'John Lasseter'}]",12

        """;

    public const string Keywords = "id,keywords\n11,\"[{'id': 931, 'name': 'jealousy'}, {'id': 4290, 'name': 'toy'}]\"\n12,\"[{'id': 4290, 'name': 'toy'}]\"\n";

    public static MemoryDataset Dataset(params MovieRow[] movies) => Dataset(movies, Ratings);

    public static MemoryDataset Dataset(
        MovieRow[] movies, string ratings = Ratings, string credits = Credits, string keywords = Keywords, string links = Links) =>
        Create((DatasetFiles.Movies, MovieFile.Text(movies)), (DatasetFiles.Ratings, ratings), (DatasetFiles.Links, links),
            (DatasetFiles.Credits, credits), (DatasetFiles.Keywords, keywords));

    public static MemoryDataset Create(params (string Name, string Text)[] files) =>
        new([.. files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))]) { Address = "memory", Version = "v1" };
}
