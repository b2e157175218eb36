using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CsCheck;
using static CineLedger.Tests.Reports.QueryText;

namespace CineLedger.Tests.Reports;

public sealed class PivotTableTests
{
    private static readonly Gen<string> Name = Gen.OneOf([.. new[] { "A", "a", "A_b", "é", "Science Fiction", "company", "2000" }.Select(name => Gen.Const(name))]);

    [Fact]
    public void Unpivoted_groups_are_those_that_were_pivoted() => Gen.Select(
        Gen.Select(Gen.Long[2000, 2005], Name, Name, Gen.Long[1, 9], Gen.Long[-5, 6].Select(value => value == 6 ? (long?)null : value)).Array[0, 40],
        Gen.Int[0, 2],
        Gen.Int[0, int.MaxValue]).Sample((groups, pivot, seed) =>
    {
        groups = [.. groups.DistinctBy(group => (group.Item1, group.Item2, group.Item3))];
        var query = Read("year,company,genre", "releases,revenue");
        object?[][] expected = [.. groups.Select(group => new object?[] { group.Item1, group.Item2, group.Item3, group.Item4, group.Item5 })];
        object[] values = [.. expected.Select(group => group[pivot]!).Distinct().Order()];
        var table = new PivotTable(query with { Pivot = query.By[pivot] }, values, 1_000);
        int[] others = [.. Enumerable.Range(0, 3).Where(i => i != pivot)];
        List<object?[]> rows = [.. expected.Select(group => (group[others[0]], group[others[1]])).Distinct().Select(names => new[] { names.Item1, names.Item2 })];
        foreach (var row in rows)
        {
            table.AddRow(row);
        }

        new Random(seed).Shuffle(expected);
        foreach (var group in expected)
        {
            table.AddGroup(group);
        }

        var actual = ReadAll(table);
        Assert.Equal(rows.Count, actual.Count);
        Assert.Equal(rows.Select(row => (row[0], row[1])), actual.Select(row => (row[0], row[1])));
        var unpivoted =
            from row in actual
            from at in Enumerable.Range(0, values.Length)
            let cell = (Releases: row[2 + (at * 2)], Revenue: row[3 + (at * 2)])
            let names = new Dictionary<int, object?> { [pivot] = values[at], [others[0]] = row[0], [others[1]] = row[1] }
            select (names[0], names[1], names[2], cell.Releases, cell.Revenue);
        Assert.Equal(
            expected.Select(group => (group[0], group[1], group[2], group[3], group[4])).ToHashSet(),
            unpivoted.Where(group => !Equals(group.Releases, 0L)).ToHashSet());
        Assert.All(unpivoted.Where(group => Equals(group.Releases, 0L)), group => Assert.Null(group.Revenue));
    });

    [Fact]
    public void Columns_are_named_by_value_and_with_several_measures_or_an_ambiguous_value_by_measure_too()
    {
        Assert.Equal(["genre", "2000", "2001"], Names(Create("year,genre", "releases", 2000L, 2001L)));
        Assert.Equal(["year", "A_b revenue", "A_b revenue_avg"], Names(Create("genre,year", "revenue,revenue:avg", "A_b")));
        Assert.Equal(["company", "A releases", "Company releases"], Names(Create("keyword,company", "releases", "A", "Company")));
        var columns = Create("genre,year", "revenue,revenue:avg", "A_b").Columns;
        Assert.Equal([ColumnKind.Identifier, ColumnKind.Integer, ColumnKind.Number], columns.Select(column => column.Kind));
        Assert.Equal(["", "A_b", "A_b"], columns.Select(column => column.Value));
    }

    [Fact]
    public void Groups_of_other_rows_are_left_out_and_too_many_values_are_refused()
    {
        var table = Create("genre,year", "releases,revenue", "A", "B");
        table.AddRow([2000L]);
        table.AddGroup(["A", 2000L, 1L, null]);
        table.AddGroup(["A", 2001L, 5L, 5L]);
        table.AddGroup(["B", 2000L, 2L, 3L]);
        Assert.Equal([[2000L, 1L, null, 2L, 3L]], ReadAll(table));
        table.AddTotals([[4L, null], [5L, 6L]]);
        Assert.Equal([[2000L, 1L, null, 2L, 3L], [null, 4L, null, 5L, 6L]], ReadAll(table));

        Assert.Equal(
            "--pivot: the result has more than 9 values; add a filter with --where, --limit or --top.",
            Assert.Throws<UsageException>(() => table.AddTotals([[4L, 1L], [5L, 6L]])).Message);
    }

    [Fact]
    public void A_total_of_all_movies_that_is_the_same_in_every_row_is_a_row()
    {
        var query = ReadPivoted("year,genre", "year", "releases,revenue,all(revenue)");
        var table = new PivotTable(query, [2000L, 2001L], 100);
        Assert.Equal(["genre", "2000 releases", "2000 revenue", "2001 releases", "2001 revenue"], Names(table));
        table.AddRow(["A"]);
        table.AddGroup([2000L, "A", 1L, 5L, 9L]);
        table.AddGroup([2001L, "B", 1L, 2L, 7L]);
        table.AddTotals([[2L, 5L, null], [1L, 2L, null]]);
        Assert.Equal([["A", 1L, 5L, 0L, null], [null, 2L, 5L, 1L, 2L], ["All movies", null, 9L, null, 7L]], ReadAll(table));
        Assert.Equal(2, table.Open().TotalRows);

        var alone = new PivotTable(query with { Measures = [query.Measures[2]] }, [2000L], 100);
        Assert.Equal(["genre", "2000"], Names(alone));
        Assert.Equal(["year", "A releases", "A revenue", "A revenue_all"], Names(new PivotTable(query with { Pivot = query.By[1] }, ["A"], 100)));
    }

    /// <summary>Creates a table whose columns are the values of the first dimension.</summary>
    private static PivotTable Create(string by, string measures, params object[] values) => new(ReadPivoted(by, by.Split(',')[0], measures), values, maxValues: 9);

    private static IEnumerable<string> Names(PivotTable table) => table.Columns.Select(column => column.Name);

    private static List<object?[]> ReadAll(PivotTable table)
    {
        using var reader = table.Open().Rows;
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. table.Columns.Select((_, i) => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }

        return rows;
    }
}
