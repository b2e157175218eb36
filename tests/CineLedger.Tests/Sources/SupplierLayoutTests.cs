using CineLedger.Sources;

namespace CineLedger.Tests.Sources;

public sealed class SupplierLayoutTests
{
    [Fact]
    public void Each_layout_is_found_by_the_columns_that_it_asks_for()
    {
        Assert.Equal(SupplierLayout.All.Count, SupplierLayout.All.Select(layout => layout.Name).Distinct().Count());
        foreach (var layout in SupplierLayout.All)
        {
            string[] header = [.. layout.HasAll, .. layout.HasAny.Take(1)];
            Assert.Same(layout, SupplierLayout.Find(header.Select(name => name.ToUpperInvariant())));
            Assert.Same(layout, SupplierLayout.FindForFile(layout.File, header));
        }
    }

    [Theory]
    [InlineData("id,title,budget,backdrop_path,keywords", ListNotation.CommaNames)]
    [InlineData("id,title,budget,backdrop_path,keywords,video", ListNotation.Literal)]
    [InlineData("id,title,revenue,director,writers", ListNotation.CommaNames)]
    [InlineData("id,title,revenue,director,writers,belongs_to_collection", ListNotation.Literal)]
    [InlineData("id,title,revenue", ListNotation.Literal)]
    public void The_columns_say_how_lists_are_written(string header, ListNotation expected)
    {
        Assert.Equal(expected, SupplierLayout.Find(header.Split(','))!.Lists);
        Assert.Equal(expected, SupplierLayout.FindForFile(DatasetFiles.Movies, header.Split(',')).Lists);
    }

    [Fact]
    public void An_unrecognized_header_has_no_layout_until_the_file_is_identified()
    {
        Assert.Null(SupplierLayout.Find(["name", "age"]));
        Assert.Equal(DatasetFiles.Credits, SupplierLayout.FindForFile(DatasetFiles.Credits, ["movie_id", "cast"]).File);
        Assert.Equal(["tmdb_id", "movie_id"], SupplierLayout.FindForFile(DatasetFiles.Keywords, []).GetAliases("id"));
    }
}
