using System.Globalization;
using System.Text;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;
using CsCheck;
using static CineLedger.Tests.Reports.QueryText;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Reports;

/// <summary>Pivoted results of random movies against queries without pivot: the cells against all groups, orders and totals against a query for each name.</summary>
public sealed class PivotPropertyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Gen<string[]> Filters => Gen.OneOf(
    [
        .. new string[][] { [], ["genre!=A"], ["company!=B", "genre!=Z"], ["company=A", "company=B"], ["year>=1875"], ["revenue is known", "genre=a", "genre=é"] }
            .Select(where => Gen.Const(where)),
    ]);

    [Fact]
    public async Task A_pivoted_result_has_the_groups_of_its_query_and_counts_each_movie_once_in_orders_and_totals() => await Gen.Select(
        RandomMovies.Movie.Array[1, 40],
        Gen.OneOf([.. new[] { "year,company", "genre,company", "company,year", "year,genre", "company,genre", "status,company", "company,status" }.Select(by => Gen.Const(by))]),
        Filters).SampleAsync(
            async (movies, by, where) =>
            {
                await using var ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, $"{Guid.NewGuid()}.duckdb"), Cancel);
                var snapshot = (await Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text([Bare(99), .. movies])), Accept.Anything, null, Cancel)).Snapshot;
                await AssertEqualAsync(ledger, snapshot, by, where);
            },
            iter: 25,
            threads: 1);

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task AssertEqualAsync(DuckDbLedger ledger, Snapshot snapshot, string by, string[] where)
    {
        const int Measures = 3;
        var plain = Read(by, "releases,revenue,popularity", where);
        var (pivot, names) = (plain.By[0], plain.By[1]);
        var pivoted = plain with { Pivot = pivot, Order = [new("releases", IsDescending: true)] };
        var groups = (await ReadAsync(plain)).Rows;
        var (columns, rows) = await ReadAsync(pivoted with { Totals = true });
        var values = columns.Skip(1).Select(column => column.Value).Distinct().ToList();
        Assert.Equal(groups.Select(row => row[0]).Distinct().OrderBy(value => value, CodePoints), values);
        Assert.Equal(
            groups.Select(row => string.Join('|', row)).Order(StringComparer.Ordinal),
            rows.SkipLast(1).SelectMany(row => values.Select((value, at) => (value, row, Cell: GetCell(row, at)))).Where(group => group.Cell[0] != "0")
                .Select(group => string.Join('|', [group.value, group.row[0], .. group.Cell])).Order(StringComparer.Ordinal));
        foreach (var (value, at) in values.Select((value, at) => (value, at)))
        {
            Assert.Equal(await ReadTotalAsync(pivot, value), GetCell(rows[^1], at));
        }

        var releases = new Dictionary<string, long>();
        foreach (var name in rows.SkipLast(1).Select(row => row[0]))
        {
            releases.Add(name, long.Parse((await ReadTotalAsync(names, name))[0], CultureInfo.InvariantCulture));
        }

        List<string> ordered = [.. releases.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, CodePoints).Select(pair => pair.Key)];
        Assert.Equal(ordered, rows.SkipLast(1).Select(row => row[0]));
        Assert.Equal(ordered.Take(2), (await ReadAsync(pivoted with { Order = [], Top = 2 })).Rows.Select(row => row[0]));
        Assert.Equal(ordered.Skip(1).Take(2), (await ReadAsync(pivoted with { Offset = 1, Limit = 2 })).Rows.Select(row => row[0]));

        string[] GetCell(string[] row, int at) => row[(1 + (at * Measures))..(1 + ((at + 1) * Measures))];

        async Task<string[]> ReadTotalAsync(Dimension dimension, string name)
        {
            object key = dimension.IsTime ? int.Parse(name, CultureInfo.InvariantCulture) : name;
            QueryFilter[] filters =
            [
                .. plain.Where.Where(filter => (filter.Field.Name, filter.Operator) != (dimension.Name, FilterOperator.Equal)),
                new(FilterFields.All.Single(field => field.Name == dimension.Name), FilterOperator.Equal, key),
            ];
            return (await ReadAsync(plain with { Where = filters, Totals = true })).Rows[^1][plain.By.Count..];
        }

        async Task<(IReadOnlyList<Column> Columns, List<string[]> Rows)> ReadAsync(QueryRequest query)
        {
            await using var result = await ReportRunner.OpenAsync(ledger.Connection, query, snapshot, Cancel);
            var read = new List<string[]>();
            while (await result.Rows.ReadAsync(Cancel))
            {
                read.Add([.. result.Columns.Select((_, i) => Convert.ToString(result.Rows.GetValue(i), CultureInfo.InvariantCulture)!)]);
            }

            return (result.Columns, read);
        }
    }

    private static IComparer<string> CodePoints { get; } =
        Comparer<string>.Create((one, other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)));
}
