using CineLedger.SystemTests.CommandLine;
using static CineLedger.SystemTests.BadInput.BadSourceTests;

namespace CineLedger.SystemTests.BadInput;

public sealed class BadUsageTests(RefusingWorkspace refusing) : IClassFixture<RefusingWorkspace>
{
    /// <summary>A command line, and the words that its one-line error must contain.</summary>
    public static TheoryData<string, string[]> Wrong => new()
    {
        { "loda x.zip", ["unknown command 'loda'. Did you mean load", "cineledger --help"] },
        { "reprot", ["unknown command 'reprot'. Did you mean report? See cineledger --help."] },
        { "REPORT genres", ["unknown command 'REPORT'. Did you mean report?"] },
        { "report company", ["unknown command 'company'. Did you mean", "companies", "cineledger report --help"] },
        { "genres", ["unknown command 'genres'. Did you mean report genres or chart genres?"] },
        { "help reprot", ["unknown command 'reprot'. Did you mean report?"] },
        { "help report gnres", ["unknown command 'gnres'. Did you mean genres?"] },
        { "report companies --compny x", ["unknown option '--compny'. Did you mean --company?", "cineledger report companies --help"] },
        { "report genres --FORMAT csv", ["unknown option '--FORMAT'. Did you mean --format?"] },
        { "report companies --company Walt Disney", ["unknown argument 'Disney'", "in quotes"] },
        { "--store x report genres", ["--store belongs after the command: cineledger report genres --store"] },
        { "--store x", ["--store belongs after a command"] },
        { "snapshots --store x list", ["--store belongs after the command: cineledger snapshots list --store"] },
        { "snapshots --keep 3", ["--keep belongs after a command: cineledger snapshots prune --keep"] },
        { "up --no-srve", ["unknown option '--no-srve'. Did you mean --no-serve?"] },
        { "report", ["companies, genres, company-genres", "cineledger report --help"] },
        { "report movies", ["'movies'", "cineledger report --help"] },
        { "snapshots lst", ["unknown command 'lst'. Did you mean list?", "cineledger snapshots --help"] },
        { "snapshots diff 1", ["'B'", "cineledger snapshots diff --help"] },
        { "snapshots diff 1 9", ["no snapshot 9", "the newest is 1", "snapshots list"] },
        { "snapshots history abc", ["MOVIE", "'abc' is not a whole number"] },
        { "load", ["SOURCE", "cineledger load --help"] },
        { "load a.zip --reports r.xlsx", ["--reports", "'r.xlsx' is the name of a file", "cineledger report all --output r.xlsx"] },
        { "load a.zip --reports r.csv", ["--reports", "'r.csv' is the name of a file", "cineledger report companies --output r.csv"] },
        { "load a.zip --speed 9", ["'--speed'", "cineledger load --help"] },
        { "load a.zip --max-rejects many", ["--max-rejects", "'many'", "1% or 0.01"] },
        { "load a.zip --max-rejects 101%", ["--max-rejects", "'101%'"] },
        { "load a.zip --only actors", ["--only", "'actors'", "movies, ratings, credits, keywords"] },
        { "load a.zip --skip movies --only ratings", ["--only and --skip", "not both"] },
        { "load a.zip --skip movies,ratings,credits,keywords", ["--skip", "leaves nothing to load"] },
        { "load a.zip --timeout 0", ["--timeout", "1 to"] },
        { "load a.zip --retries -1", ["--retries", "0 to"] },
        { "load a.zip --max-source-bytes many", ["--max-source-bytes", "'many'", "500MB or 8GB"] },
        { "load a.zip --max-source-bytes 0", ["--max-source-bytes", "'0'", "1 byte to"] },
        { "load a.zip --max-source-bytes 99999999TB", ["--max-source-bytes", "1024TB"] },
        { "load a.zip --source-timeout 0s", ["--source-timeout", "'0s'", "from 1s to"] },
        { "serve --source-timeout soon", ["--source-timeout", "'soon'"] },
        { "load a.zip --store mysql://host/db", ["--store", "DuckDB file", "postgres://"] },
        { "report companies --from 2000 --to 1990", ["--from 2000", "--to 1990"] },
        { "report companies --from soon", ["--from", "'soon' is not a whole number", "cineledger report companies --help"] },
        { "report companies --from 99999999999", ["--from", "'99999999999'"] },
        { "report companies --order wealth", ["--order", "'wealth'", "year, company, releases, budget"] },
        { "report genres --order year:up", ["--order", "'year:up'", "COLUMN:desc"] },
        { "report genres --limit 0", ["--limit", "1 or more"] },
        { "report genres --aggregate mean", ["--aggregate", "'mean'", "sum, avg, median"] },
        { "report genres --popularity fame", ["--popularity", "'fame'", "vote_average"] },
        { "report genres --share half", ["--share", "'half'", "full, equal"] },
        { "report genres --format pdf", ["--format", "'pdf'", "csv, csv-safe, json"] },
        { "report genres --output x.pdf", ["--output", "'.pdf'", "--format"] },
        { "report genres --snapshot 7", ["no snapshot 7", "snapshots list"] },
        { "findings --rule odd", ["--rule", "'odd'", "split-record"] },
        { "findings --kind odd", ["--kind", "'odd'", "repair, reject, drop, flag"] },
        { "findings --limit -4", ["--limit", "1 or more"] },
        { "findings --snapshot 7", ["no snapshot 7"] },
        { "movies xyzzy", ["no movie matches 'xyzzy'"] },
        { "movies --order revenu", ["--order", "'revenu'", "did you mean revenue"] },
        { "movies --limit 0", ["--limit", "1 or more"] },
        { "companies xyzzy", ["no company matches 'xyzzy'"] },
        { "companies --limit 0", ["--limit", "1 or more"] },
        { "studios xyzzy", ["no studio matches 'xyzzy'"] },
        { "people xyzzy", ["no person matches 'xyzzy'"] },
        { "loads --outcome good", ["--outcome", "'good'", "published, unchanged, gated"] },
        { "loads --trigger cron", ["--trigger", "'cron'", "command, request, schedule"] },
        { "loads --limit 0", ["--limit", "1 or more"] },
        { "serve --load-every monthly --source a.zip", ["--load-every", "'monthly'", "1 field;", "\"0 6 1 * *\""] },
        { "serve --load-every @monthly", ["--load-every", "--source"] },
        { "serve --source a.zip", ["--source", "--load-every", "\"0 6 1 * *\""] },
        { "serve --load-every @monthly --source a.zip --time-zone Mars", ["--time-zone", "'Mars'", "Europe/Berlin"] },
        { "serve --load-every @hourly --source a.zip --jitter 3600", ["--jitter", "3600"] },
        { "serve --load-every @hourly --source a.zip --jitter -1", ["--jitter", "0 to 86400"] },
        { "serve --load-every @hourly --source a.zip --read-only", ["--load-every", "--read-only"] },
        { "serve --merge", ["--merge", "--load-every"] },
        { "serve --retries 3", ["--retries", "--load-every"] },
        { "up --load-every @hourly", ["--load-every", "SOURCE"] },
        { "sql", ["give one statement", "--file", "sql --schema"] },
        { "sql x --file y", ["give one statement"] },
        { "sql selec", ["invalid SQL", "selec"] },
        { "sql CHECKPOINT", ["sql only reads", "CHECKPOINT", "use SELECT"] },
        { "sql TABLE --timeout 0", ["--timeout", "1 to"] },
        { "sql TABLE --max-rows -1", ["--max-rows", "or 0 for all"] },
        { "sql SELECT(1) --snapshot 7", ["no snapshot 7"] },
        { "sample", ["--output", "cineledger sample --help"] },
        { "sample --movies 0 -o x.zip", ["--movies", "1 to"] },
        { "sample --movies 1 --ratings -1 -o x.zip", ["--ratings", "0 or more"] },
        { "sample --movies 1 --quirks odd -o x.zip", ["--quirks", "'odd'", "none"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_usage_error_is_one_line_that_says_what_is_valid(string commandLine, string[] words)
    {
        var result = await refusing.Workspace.RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        AssertSays(Workspace.OneLine(result, 2), words);
        Assert.Empty(Directory.GetFiles(refusing.Workspace.Folder, "x.*"));
        await refusing.AssertUnchangedAsync();
    }

    [Fact]
    public async Task A_report_into_a_folder_that_is_missing_names_the_folder() =>
        AssertSays(Workspace.OneLine(await refusing.Workspace.RunAsync("report", "genres", "--output", "missing/genres.csv"), 1), "missing/genres.csv", "there is no folder", "Create it");

    [Fact]
    public async Task An_unknown_movie_is_reported() =>
        AssertSays(Workspace.OneLine(await refusing.Workspace.RunAsync("snapshots", "history", "999999999"), 1), "never had a movie 999999999");

    [Fact]
    public async Task Verbose_adds_the_trace_to_an_error()
    {
        var load = await refusing.Workspace.RunAsync("load", "absent.zip", "--verbose");
        Assert.StartsWith("cineledger: absent.zip: no such file", load.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains(load.ErrorLines, line => line.Contains("   at ", StringComparison.Ordinal));
    }
}
