using System.Text;
using CineLedger.Samples;
using CineLedger.Sources;
using CineLedger.Tests.Samples;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Checks that each defect damages what its name says and nothing else.</summary>
public sealed class DefectTests
{
    private static readonly Lazy<Task<MovieTable>> Intact = new(CreateAsync);

    public static TheoryData<string> All => [.. Defects.All.Select(defect => defect.Name)];

    /// <summary>Defects of columns that leave the header and the rows in place.</summary>
    public static TheoryData<string> OfValues =>
    [
        .. ((IEnumerable<Defect>[])[ColumnDefects.All, AmountDefects.All, NumberDefects.All, DateDefects.All, ListDefects.All, WordDefects.All])
            .SelectMany(defects => defects).Select(defect => defect.Name),
    ];

    [Fact]
    public void Names_are_unique_and_damaged_columns_exist()
    {
        Assert.Distinct(Defects.All.Select(defect => defect.Name));
        Assert.Subset(MovieFile.Columns.ToHashSet(), Defects.All.SelectMany(defect => defect.Columns).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_defect_changes_the_file_and_the_same_seed_gives_the_same_file(string name)
    {
        var (intact, defect) = (await Intact.Value, Defects.Get(name));
        var text = intact.ToText();
        var damaged = defect.Apply(intact, 5);
        Assert.False(damaged.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text)));
        Assert.True(damaged.AsSpan().SequenceEqual(defect.Apply(intact, 5)));
        Assert.Equal(text, intact.ToText());
    }

    [Theory]
    [MemberData(nameof(OfValues))]
    public async Task A_defect_of_columns_changes_these_columns_and_no_other(string name)
    {
        var (intact, defect) = (await Intact.Value, Defects.Get(name));
        var damaged = Read(defect, intact);
        Assert.Equal(intact.Columns, damaged.Columns);
        Assert.Equal(intact.Rows.Count, damaged.Rows.Count);
        Assert.Equal(
            defect.Columns.Order(StringComparer.Ordinal),
            intact.Columns.Where(column => !intact.GetValues(column).SequenceEqual(damaged.GetValues(column))).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("title emptied for a decade", "title")]
    [InlineData("amounts of a decade in millions", "budget")]
    [InlineData("popularity of a decade times a thousand", "popularity")]
    public async Task A_defect_of_a_decade_leaves_the_other_decades_as_they_were(string name, string column)
    {
        var intact = await Intact.Value;
        var damaged = Read(Defects.Get(name), intact);
        var (date, at) = (intact["release_date"], intact[column]);
        var changed = intact.Rows.Zip(damaged.Rows).Where(pair => pair.First[at] != pair.Second[at]).Select(pair => pair.First[date][..3]).ToList();
        Assert.Single(changed.Distinct());
    }

    [Theory]
    [InlineData("a third of the movies missing", 0.58, 0.75)]
    [InlineData("a tenth of the movies missing", 0.84, 0.96)]
    [InlineData("every second movie missing", 0.5, 0.5)]
    [InlineData("all movies repeated under new ids", 2, 2)]
    [InlineData("a tenth of the movies repeated under new ids", 1.04, 1.16)]
    [InlineData("appended to itself with other budgets", 2, 2)]
    public async Task A_defect_of_rows_leaves_the_expected_share_of_them(string name, double min, double max)
    {
        var intact = await Intact.Value;
        Assert.InRange((double)Read(Defects.Get(name), intact).Rows.Count / intact.Rows.Count, min, max);
    }

    [Theory]
    [InlineData("a quote lost in a thousandth of the records", 1)]
    [InlineData("a delimiter lost in a thousandth of the records", 1)]
    [InlineData("a delimiter lost in a tenth of the records", 50)]
    [InlineData("half of the text lost in a tenth of the records", 50)]
    public async Task A_defect_of_records_damages_the_expected_number_of_them(string name, int expected)
    {
        var intact = await Intact.Value;
        var damaged = Encoding.UTF8.GetString(Defects.Get(name).Apply(intact, 5));
        Assert.Equal(expected, intact.ToRecords().Count(record => !damaged.Contains($"\n{record}\n", StringComparison.Ordinal)) - 1);
    }

    [Fact]
    public async Task A_shift_gives_each_movie_the_value_of_the_one_before()
    {
        var intact = await Intact.Value;
        var (before, after) = (intact.GetValues("budget"), Read(Defects.Get("budget shifted by one row"), intact).GetValues("budget"));
        Assert.Equal(before[..^1], after[1..]);
        Assert.Equal(before[^1], after[0]);
    }

    [Fact]
    public async Task Repeated_movies_have_ids_of_their_own()
    {
        var repeated = Read(Defects.Get("all movies repeated under new ids"), await Intact.Value);
        Assert.Distinct(repeated.GetValues("id"));
        Assert.Equal(repeated.GetValues("title")[..500], repeated.GetValues("title")[500..]);
    }

    private static MovieTable Read(Defect defect, MovieTable intact) => MovieTable.Read(Encoding.UTF8.GetString(defect.Apply(intact, 5)));

    /// <summary>Returns five hundred clean movies without line breaks.</summary>
    private static async Task<MovieTable> CreateAsync()
    {
        var sample = await GeneratedSample.CreateAsync(new() { Movies = 500, Seed = 79, Ratings = 0, Quirks = SampleQuirks.None });
        return MovieTable.Read(Encoding.UTF8.GetString(sample[DatasetFiles.Movies]));
    }
}
