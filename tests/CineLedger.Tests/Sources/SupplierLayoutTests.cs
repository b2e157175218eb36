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

    [Fact]
    public void An_unrecognized_header_has_no_layout_until_the_file_is_identified()
    {
        Assert.Null(SupplierLayout.Find(["name", "age"]));
        Assert.Equal(DatasetFiles.Credits, SupplierLayout.FindForFile(DatasetFiles.Credits, ["movie_id", "cast"]).File);
        Assert.Equal(["tmdb_id", "tmdbid", "movie_id"], SupplierLayout.FindForFile(DatasetFiles.Keywords, []).GetAliases("id"));
    }
}
