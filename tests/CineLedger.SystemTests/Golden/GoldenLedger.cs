using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Golden;

/// <summary>A ledger of four snapshots: a load, a smaller one, a merge with rejected and deleted records, and a revert to the first.</summary>
public sealed class GoldenLedger : IAsyncLifetime
{
    public Workspace Workspace { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Workspace.RunSuccessfullyAsync("sample", "--movies", "300", "--seed", "11", "-o", "movies.zip");
        await Workspace.RunSuccessfullyAsync("sample", "--movies", "290", "--seed", "11", "-o", "fewer.zip");
        Workspace.Write("movies.ndjson", string.Join('\n', Changes));
        foreach (var file in Directory.GetFiles(Workspace.Folder))
        {
            // The modification time is part of a source's version.
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        }

        Workspace.Write("broken.csv", "adult,title\nFalse,Nothing\n");
        Workspace.Write("empty.csv", "");
        await Workspace.RunSuccessfullyAsync("load", "movies.zip");
        await Workspace.RunSuccessfullyAsync("load", "fewer.zip", "--accept", Workspace.AnyContent);
        await Workspace.RunSuccessfullyAsync("load", "movies.ndjson", "--merge", "--max-rejects", "50%");
        await Workspace.RunSuccessfullyAsync("snapshots", "revert", "1");
    }

    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    private static readonly string[] Changes =
    [
        """{"id":900001,"title":"Ünïcode — a \"test\"","release_date":"1999-12-31","budget":1000000,"revenue":2500000,"runtime":93.5,"popularity":1.25,"vote_average":7.1,"vote_count":12,"genres":[{"id":18,"name":"Drama"}],"production_companies":[{"id":1,"name":"Somebody, Inc."}]}""",
        """{"id":900002,"title":"No amounts","release_date":"2001-02-03","budget":0,"revenue":0}""",
        """{"id":900003,"title":"No date"}""",
        """{"id":900004,"title":"Wrong","release_date":"2001-13-40","budget":-5}""",
        """{"id":"x","title":"No id"}""",
        """{"id":5,"title" """,
        """{"id":4,"deleted":true}""",
    ];
}
