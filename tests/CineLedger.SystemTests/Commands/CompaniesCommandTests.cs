using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

public sealed class CompaniesCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Possible_duplicates_are_listed_with_their_movies_and_revenues_as_of_a_snapshot()
    {
        const string Header = "id,title,release_date,revenue,production_companies\n";
        _workspace.Write("first.csv", Header
            + "1,Harbour,2001-01-01,4000000,\"[{'name': 'Grey Gull Films', 'id': 1}, {'name': 'Salt Road', 'id': 2}]\"\n"
            + "2,Lights,2002-01-01,0,\"[{'name': 'Greygull Films', 'id': 3}]\"\n"
            + "3,Winter,2003-01-01,5000000,\"[{'name': 'GREY GULL FILMS', 'id': 1}, {'name': 'Low Tide', 'id': 2}]\"\n"
            + "4,Ledger,2004-01-01,6000000,\"[{'name': 'Salt Road', 'id': 2}]\"\n");
        _workspace.Write("second.csv", Header + "5,Orchard,2005-01-01,7000000,\"[{'name': 'Low Tides', 'id': 4}]\"\n");
        await _workspace.RunSuccessfullyAsync("load", "first.csv", "--accept", Workspace.AnyContent);
        await _workspace.RunSuccessfullyAsync("load", "second.csv", "--merge", "--accept", Workspace.AnyContent);

        string[] first =
        [
            "reason,company,movies,revenue,other_company,other_movies,other_revenue,source_id,similarity",
            "same TMDB ID,Salt Road,2,10000000,Low Tide,1,5000000,2,",
            "similar name,Grey Gull Films,2,9000000,Greygull Films,1,,,100",
        ];
        var older = await _workspace.RunSuccessfullyAsync("companies", "duplicates", "--snapshot", "1", "--format", "csv");
        Assert.Equal(first, older.OutputLines);
        var newest = await _workspace.RunSuccessfullyAsync("companies", "duplicates", "--format", "csv");
        Assert.Equal([.. first, "similar name,Low Tide,1,5000000,Low Tides,1,7000000,,94"], newest.OutputLines);
        Assert.Contains("3 rows", (await _workspace.RunSuccessfullyAsync("companies", "duplicates")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await _workspace.RunAsync("companies", "merge")).ExitCode);
    }

    public void Dispose() => _workspace.Dispose();
}
