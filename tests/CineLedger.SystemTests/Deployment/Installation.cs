using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Deployment;

/// <summary>
/// The installation that deploy/compose/compose.yaml describes, started from the same files as processes on loopback: host names become
/// ports, and alerts fire after seconds. Each service has the arguments and the environment that the file gives it.
/// </summary>
public sealed class Installation : IAsyncLifetime
{
    private static readonly Dictionary<object, object> Services = DeployedFiles.Yaml(DeployedFiles.Text("compose", "compose.yaml")).Map("services");

    private readonly string _folder = Directory.CreateTempSubdirectory("cineledger-installation-").FullName;
    private readonly Dictionary<string, CineLedgerProcess> _running = [];
    private readonly Dictionary<string, int> _ports = [];

    public HttpClient Proxy { get; private set; } = null!;

    public HttpClient Prometheus { get; private set; } = null!;

    public HttpClient Alertmanager { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string PostgresPrograms => Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()!;

    private string GetPath(params string[] parts) => Path.Combine([_folder, .. parts]);

    public async ValueTask InitializeAsync()
    {
        Postgres.PostgresServer.SkipIfMissing();
        foreach (var name in (string[])["db1", "db2", "node1", "node2", "loader", "nginx", "prometheus", "alertmanager"])
        {
            _ports[name] = ProcessServer.FindFreePort();
        }

        // The database's files, copied to where its user can read them, and the secrets, created by the script.
        foreach (var file in Directory.GetFiles(DeployedFiles.GetPath("compose", "postgres")).Append(DeployedFiles.GetPath("compose", "secrets.sh")))
        {
            File.Copy(file, GetPath(Path.GetFileName(file)));
        }

        await DeployedFiles.RunSuccessfullyAsync(_folder, "sh", GetPath("secrets.sh"));
        await DeployedFiles.RunSuccessfullyAsync(_folder, "chmod", "a+x", GetPath("secrets"));
        if (Environment.IsPrivilegedProcess)
        {
            await DeployedFiles.RunSuccessfullyAsync("/", "chown", "-R", "postgres", _folder);
        }

        await RunAsPostgresAsync([Path.Combine(PostgresPrograms, "initdb"), "-D", GetPath("db1"), "-U", "postgres", "-A", "scram-sha-256", "--pwfile", GetPath("secrets", "postgres_password"), "--no-sync", .. Arguments("db1", "POSTGRES_INITDB_ARGS")]);
        StartDatabase("db1");
        await WaitForDatabaseAsync("db1");
        await RunAsPostgresAsync(
            ["env", $"SECRETS={GetPath("secrets")}", "PGHOST=127.0.0.1", $"PGPORT={_ports["db1"]}", $"PGPASSWORD={File.ReadAllText(GetPath("secrets", "postgres_password"))}", "sh", GetPath("init.sh")]);
        StartDatabase("db2");
        await WaitForDatabaseAsync("db2");

        await RunAsync("init");
        await Task.WhenAll(StartNodeAsync("node1"), StartNodeAsync("node2"), StartNodeAsync("loader"));
        StartProxy();
        StartWatchers();
        Proxy = Client("nginx");
        Prometheus = Client("prometheus");
        Alertmanager = Client("alertmanager");
        await WaitUntilAsync("nginx responds", async () => (await Proxy.GetAsync("/proxy-health", Cancel)).IsSuccessStatusCode);
        await WaitUntilAsync("Prometheus is ready", async () => (await Prometheus.GetAsync("/-/ready", Cancel)).IsSuccessStatusCode);
    }

    /// <summary>Loads a dataset with the environment of the first-load service.</summary>
    public Task<CommandResult> LoadAsync(string dataset) => RunCommandAsync(["load", dataset, "--accept", Workspace.AnyContent], "first-load");

    /// <summary>Runs the command with the environment of a service.</summary>
    public async Task<CommandResult> RunCommandAsync(string[] arguments, string service)
    {
        await using var process = CineLedgerProcess.Start(GetFolder($"{service}-{Guid.NewGuid():N}"), arguments, null, GetEnvironment(service));
        return await process.WaitAsync();
    }

    /// <summary>Returns the contents of the secrets that compose mounts into a service.</summary>
    public Dictionary<string, string> ReadSecrets(string service) =>
        Services.Map(service).Names("secrets").ToDictionary(name => name, name => File.ReadAllText(GetPath("secrets", name)));

    /// <summary>Returns the modes of all secrets, and of the folder.</summary>
    public IEnumerable<UnixFileMode> ReadSecretModes() =>
        OperatingSystem.IsWindows() ? [] : Directory.GetFiles(GetPath("secrets")).Append(GetPath(".env")).Select(File.GetUnixFileMode);

    /// <summary>Creates a client for a service.</summary>
    public HttpClient Client(string name) => new() { BaseAddress = new Uri($"http://127.0.0.1:{_ports[name]}") };

    /// <summary>Starts a service that runs the command, and waits until it responds to requests.</summary>
    public async Task StartNodeAsync(string name)
    {
        var environment = GetEnvironment(name);
        environment["PORT"] = _ports[name].ToString(CultureInfo.InvariantCulture);
        string[] arguments = [.. Command(name).Select(argument => argument == "/srv/datasets" ? GetFolder("datasets") : argument)];
        _running[name] = CineLedgerProcess.Start(GetFolder(name), arguments, null, environment);
        using var client = Client(name);
        await WaitUntilAsync($"{name} responds", async () => (await client.GetAsync("/health/live", Cancel)).IsSuccessStatusCode);
    }

    public async Task<CommandResult> EndAsync(string name, int signal)
    {
        var process = _running[name];
        process.Signal(signal);
        var result = await process.WaitAsync();
        await process.DisposeAsync();
        _running.Remove(name);
        return result;
    }

    public void StartDatabase(string name)
    {
        string[] settings =
        [
            "-c", $"config_file={GetPath("postgresql.conf")}", "-c", $"hba_file={GetPath("pg_hba.conf")}", "-c", $"port={_ports[name]}", "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "shared_buffers=64MB",
        ];
        string[] program = name == "db1"
            ? [Path.Combine(PostgresPrograms, "postgres"), "-D", GetPath(name), .. settings]
            : ["env", $"PGDATA={GetPath(name)}", "PRIMARY_HOST=127.0.0.1", $"PRIMARY_PORT={_ports["db1"]}", $"PGPASSFILE={GetPath("secrets", "replication_pgpass")}", $"TMPDIR={_folder}", $"PATH={PostgresPrograms}:/usr/bin:/bin", "sh", GetPath("standby.sh"), .. settings];
        _running[name] = StartAsPostgres(program);
    }

    public Task WaitForDatabaseAsync(string name) => WaitUntilAsync($"{name} responds", async () =>
    {
        Assert.False(_running[name].HasExited, $"{name} has ended");
        await using var ready = CineLedgerProcess.StartOther("/", "env", [$"TMPDIR={_folder}", Path.Combine(PostgresPrograms, "pg_isready"), "-h", "127.0.0.1", "-p", $"{_ports[name]}", "-q"], null, Scratch());
        return (await ready.WaitAsync()).ExitCode == 0;
    });

    /// <summary>Waits until a condition holds. While a server cannot be reached, the condition does not hold.</summary>
    public static Task WaitUntilAsync(string expectation, Func<Task<bool>> condition) => Wait.UntilAsync(expectation, async () =>
    {
        try
        {
            return await condition();
        }
        catch (HttpRequestException)
        {
            return false;
        }
    });

    /// <summary>Returns the values of a Prometheus query.</summary>
    public async Task<double[]> QueryPrometheusAsync(string query)
    {
        var response = await Prometheus.GetFromJsonAsync<JsonElement>($"/api/v1/query?query={WebUtility.UrlEncode(query)}", Cancel);
        return [.. response.GetProperty("data").GetProperty("result").EnumerateArray().Select(one => double.Parse(one.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture))];
    }

    /// <summary>Returns the alerts that Alertmanager has received, each as its name and its receiver.</summary>
    public async Task<string[]> ReadAlertsAsync() =>
        [.. (await Alertmanager.GetFromJsonAsync<JsonElement>("/api/v2/alerts?active=true", Cancel)).EnumerateArray()
            .Select(alert => $"{alert.GetProperty("labels").GetProperty("alertname").GetString()} {alert.GetProperty("receivers")[0].GetProperty("name").GetString()}")];

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var client in (HttpClient?[])[Proxy, Prometheus, Alertmanager])
        {
            client?.Dispose();
        }

        foreach (var name in (string[])["prometheus", "alertmanager", "nginx", "node1", "node2", "loader", "db2", "db1"])
        {
            if (_running.ContainsKey(name))
            {
                await EndAsync(name, name.StartsWith("db", StringComparison.Ordinal) ? CineLedgerProcess.Interrupt : CineLedgerProcess.Terminate);
            }
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Returns the command of a service, which is a list or one line. Arguments from optional environment variables are left out.</summary>
    private static IEnumerable<string> Command(string service) => Services.Map(service)["command"] is string line
        ? Regex.Replace(line, @"\$\{[A-Z_]+:-\}", "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        : Services.Map(service).Names("command");

    private static string[] Arguments(string service, string variable) => ((string)Services.Map(service).Map("environment")[variable]).Split(' ');

    private async Task RunAsync(string service)
    {
        var result = await RunCommandAsync([.. Command(service)], service);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    /// <summary>Returns the environment of a service, with ports in place of host names.</summary>
    private Dictionary<string, string> GetEnvironment(string service) => Services.Map(service).Map("environment").ToDictionary(
        variable => (string)variable.Key,
        variable => Regex.Replace(((string)variable.Value).Replace("/run/secrets", GetPath("secrets"), StringComparison.Ordinal), @"\bdb([12])\b", host => $"127.0.0.1:{_ports[host.Value]}"));

    private string GetFolder(string name)
    {
        var folder = Directory.CreateDirectory(GetPath($"at-{name}"));
        return folder.FullName;
    }

    private Dictionary<string, string> Scratch() => new() { ["TMPDIR"] = GetFolder("scratch") };

    private static CineLedgerProcess StartAsPostgres(string[] program) => Environment.IsPrivilegedProcess
        ? CineLedgerProcess.StartOther("/", "setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", .. program])
        : CineLedgerProcess.StartOther("/", program[0], program[1..]);

    private static async Task RunAsPostgresAsync(string[] program)
    {
        await using var process = StartAsPostgres(program);
        var result = await process.WaitAsync();
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', program)}: {result.Error}");
    }

    private void StartProxy()
    {
        var text = DeployedFiles.Text("nginx", "nginx.conf").Replace("/tmp/", $"{GetFolder("nginx")}/", StringComparison.Ordinal)
            .Replace("listen 8080", $"listen 127.0.0.1:{_ports["nginx"]}", StringComparison.Ordinal)
            .Replace("node1:8080", $"127.0.0.1:{_ports["node1"]}", StringComparison.Ordinal)
            .Replace("node2:8080", $"127.0.0.1:{_ports["node2"]}", StringComparison.Ordinal)
            .Replace("loader:8080", $"127.0.0.1:{_ports["loader"]}", StringComparison.Ordinal);
        File.WriteAllText(GetPath("nginx.conf"), text);
        _running["nginx"] = CineLedgerProcess.StartOther(
            GetFolder("nginx"), DeployedFiles.Program("nginx-light", "/usr/sbin/nginx"), ["-p", GetFolder("nginx"), "-c", GetPath("nginx.conf"), "-g", "daemon off;"]);
    }

    private void StartWatchers()
    {
        // The only change to the rules and intervals: one second in place of 15 seconds or minutes.
        var rules = Regex.Replace(DeployedFiles.Text("monitoring", "alerts.yml"), "for: [0-9]+[smh]", "for: 1s");
        File.WriteAllText(GetPath("alerts.yml"), rules);
        var prometheus = Regex.Replace(DeployedFiles.Text("monitoring", "prometheus.yml"), "interval: 15s", "interval: 1s");
        foreach (var name in (string[])["node1", "node2", "loader"])
        {
            prometheus = prometheus.Replace($"{name}:8080", $"127.0.0.1:{_ports[name]}", StringComparison.Ordinal);
        }

        prometheus = prometheus.Replace("localhost:9090", $"127.0.0.1:{_ports["prometheus"]}", StringComparison.Ordinal).Replace("alertmanager:9093", $"127.0.0.1:{_ports["alertmanager"]}", StringComparison.Ordinal);
        File.WriteAllText(GetPath("prometheus.yml"), prometheus);
        _running["alertmanager"] = CineLedgerProcess.StartOther(
            GetFolder("alertmanager"),
            DeployedFiles.Program("prometheus-alertmanager", "/usr/bin/prometheus-alertmanager"),
            [
                $"--config.file={DeployedFiles.GetPath("monitoring", "alertmanager.yml")}", $"--storage.path={GetFolder("alertmanager")}",
                $"--web.listen-address=127.0.0.1:{_ports["alertmanager"]}", "--cluster.listen-address=",
            ]);
        _running["prometheus"] = CineLedgerProcess.StartOther(
            GetFolder("prometheus"),
            DeployedFiles.Program("prometheus", "/usr/bin/prometheus"),
            [$"--config.file={GetPath("prometheus.yml")}", $"--storage.tsdb.path={GetFolder("prometheus")}", $"--web.listen-address=127.0.0.1:{_ports["prometheus"]}"]);
    }
}
