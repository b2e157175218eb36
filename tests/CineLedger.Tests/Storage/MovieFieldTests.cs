using CineLedger.Model;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;

namespace CineLedger.Tests.Storage;

/// <summary>Checks the list of movie fields against the properties of a movie and the columns of the table.</summary>
public sealed class MovieFieldTests
{
    private static readonly Movie Full = new()
    {
        Id = 1,
        Title = "Title",
        OriginalTitle = "OriginalTitle",
        ReleaseDate = new(1995, 10, 30),
        Budget = 2,
        Revenue = 3,
        Runtime = 4,
        Popularity = 5.50m,
        VoteAverage = 6,
        VoteCount = 7,
        Language = "Language",
        Status = "Status",
        Collection = "Collection",
        ImdbId = "ImdbId",
        Adult = false,
        Video = true,
        Homepage = "Homepage",
        PosterPath = "PosterPath",
        Tagline = "Tagline",
        Overview = "Overview",
    };

    [Fact]
    public void Every_property_with_one_value_is_a_field_and_every_field_reads_its_own()
    {
        var values = typeof(Movie).GetProperties()
            .Where(property => property.SetMethod is { IsAssembly: true } && (property.PropertyType == typeof(string) || property.PropertyType.IsValueType))
            .ToDictionary(property => string.Concat(property.Name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c)
                : $"{c}")), property => property.GetValue(Full));
        Assert.Equal(values, MovieField.All.ToDictionary(field => field.Name, field => field.GetValue(Full)));
        Assert.All(MovieField.All, field => Assert.True(field.IsKnown(Full)));
        Assert.All(MovieField.All, field => Assert.Equal((null, false), (field.GetValue(new Movie { Id = 1 }), field.IsKnown(new Movie { Id = 1 }))));
    }

    [Fact]
    public async Task The_table_has_a_column_of_its_type_for_every_field_in_the_order_of_the_list()
    {
        var table = (await LedgerSchema.ReadAsync(TestContext.Current.CancellationToken)).Single(table => table.Name == "movie");
        Assert.Equal(MovieField.All.Select(field => (field.Name, GetSqlType(field))),
            table.Columns.Where(column => column.IsNullable && column.Name is not ("until" or "release_year" or "release_month"))
                .Select(column => (column.Name, column.Type)));
        Assert.Equal(table.Columns.Select(column => column.Name).Except(["movie_id", "since", "until"]).Order(), MovieWriter.ContentColumns.Order());
    }

    [Fact]
    public void A_value_is_formatted_without_trailing_zeros() =>
        Assert.Equal(
            ["1995-10-30", "2", "5.5", "False", null],
            [MovieField.ReleaseDate.Format(Full), MovieField.Budget.Format(Full), Find("popularity").Format(Full), Find("adult").Format(Full), Find("adult").Format(new Movie { Id = 1 })]);

    private static MovieField Find(string name) => MovieField.All.Single(field => field.Name == name);

    private static string GetSqlType(MovieField field) => field switch
    {
        MovieField<MovieText> => "TEXT",
        MovieField<DateOnly?> => "DATE",
        MovieField<long?> => "BIGINT",
        MovieField<int?> => "INTEGER",
        MovieField<decimal?> => "DECIMAL(18, 6)",
        _ => "BOOLEAN",
    };
}
