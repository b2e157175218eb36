using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CineLedger.Storage.Postgres;
using CineLedger.Tests.Support;
using Npgsql;

[assembly: AssemblyFixture(typeof(CineLedger.SystemTests.Postgres.SharedServer))]

namespace CineLedger.SystemTests.Postgres;

/// <summary>
/// A PostgreSQL server for tests. Its programs are those of Debian's package, its data is in a temporary folder, and it listens on a free
/// loopback port. PostgreSQL refuses to run as root, so root starts it as Debian's user <c>postgres</c>.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The data folder of a new server. initdb takes a second to create it, so each server starts with a copy.</summary>
    private static readonly Lazy<Task<string>> NewServer = new(CreateFilesAsync);

    private readonly string _folder = Directory.CreateTempSubdirectory("cineledger-postgres-").FullName;
    private readonly Lazy<Task<string>> _emptyLedger;
    private int _databases;

    private PostgresServer(int port)
    {
        Port = port;
        _emptyLedger = new(CreateEmptyLedgerAsync);
    }

    public int Port { get; }

    public string Data => Path.Combine(_folder, "data");

    private static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .OrderByDescending(bin => bin.Length).ThenByDescending(bin => bin, StringComparer.Ordinal).FirstOrDefault()
        : null;

    /// <summary>Skips the test when no server is installed; fails it in CI, where one must be.</summary>
    public static void SkipIfMissing()
    {
        if (Programs is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "PostgreSQL is not installed (Debian's package postgresql); ./test.sh installs it.");
            Assert.Fail("PostgreSQL is not installed.");
        }
    }

    /// <summary>Returns whether an extension is installed for the server that the tests start.</summary>
    public static bool HasExtension(string name) =>
        Programs is not null && File.Exists(Path.Combine("/usr/share/postgresql", new DirectoryInfo(Programs).Parent!.Name, "extension", $"{name}.control"));

    /// <param name="settings">Additional lines of postgresql.conf. Tests kill processes, not machines, so fsync is off.</param>
    /// <param name="options">Additional options of initdb.</param>
    public static async Task<PostgresServer> StartNewAsync(string settings = "", params string[] options)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryStartAsync(settings, options);
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
                // Another process may have taken the port.
            }
        }
    }

    private static async Task<PostgresServer> TryStartAsync(string settings, string[] options)
    {
        var server = await ReserveAsync();
        if (options.Length == 0)
        {
            await RunAsOwnerAsync("/bin/cp", "-a", await NewServer.Value, server.Data);
        }
        else
        {
            await InitializeAsync(server.Data, options);
        }

        await server.ConfigureAsync(
            $"""
            fsync = off
            autovacuum = off
            log_min_messages = fatal
            logging_collector = on
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            {settings}
            """);
        await server.StartAsync();
        return server;
    }

    private static Task InitializeAsync(string data, params string[] options) =>
        RunAsUserAsync("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", .. options]);

    private static async Task<string> CreateFilesAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cineledger-postgres-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", folder);
        }

        var data = Path.Combine(folder, "data");
        await InitializeAsync(data);
        return data;
    }

    /// <summary>Starts a streaming standby of this server.</summary>
    /// <param name="delay">The minimum lag of the standby: PostgreSQL's recovery_min_apply_delay.</param>
    public async Task<PostgresServer> StartStandbyAsync(string delay = "0")
    {
        var standby = await ReserveAsync();
        await RunAsUserAsync(
            "pg_basebackup", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-D", standby.Data, "-R", "-X", "stream", "-c", "fast", "--no-sync");
        await standby.ConfigureAsync($"recovery_min_apply_delay = '{delay}'");
        await standby.StartAsync();
        return standby;
    }

    private Task ConfigureAsync(string settings) =>
        File.AppendAllTextAsync(Path.Combine(Data, "postgresql.conf"), FormattableString.Invariant($"\nport = {Port}\n{settings}\n"));

    private static async Task<PostgresServer> ReserveAsync()
    {
        SkipIfMissing();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var server = new PostgresServer(port);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", server._folder);
        }

        return server;
    }

    /// <summary>An address of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"ledger_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return Address(name);
    }

    /// <summary>Creates a database with an empty ledger, copied from a template, and returns its address.</summary>
    public async Task<string> CreateLedgerAsync()
    {
        var name = $"ledger_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE {await _emptyLedger.Value}");
        return Address(name);
    }

    private async Task<string> CreateEmptyLedgerAsync()
    {
        const string Name = "empty_ledger";
        await ExecuteAsync("postgres", $"CREATE DATABASE {Name}");
        await (await PostgresLedger.OpenAsync(Address(Name), wait: false, CancellationToken.None)).DisposeAsync();
        return Name;
    }

    public string Address(string database, string user = "postgres") => $"postgres://{user}@127.0.0.1:{Port}/{database}";

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = await ConnectAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Waits until the server has a session that meets a condition.</summary>
    /// <param name="session">A condition on pg_stat_activity.</param>
    public async Task WaitForSessionAsync(string session)
    {
        await using var connection = await ConnectAsync("postgres");
        await using var count = new NpgsqlCommand($"SELECT COUNT(*) FROM pg_stat_activity WHERE {session}", connection);
        await Wait.UntilAsync($"a session with {session}", async () => await count.ExecuteScalarAsync() is not 0L);
    }

    public async Task<NpgsqlConnection> ConnectAsync(string database)
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public Task StartAsync() => RunAsUserAsync("pg_ctl", "-D", Data, "-w", "-s", "-l", Path.Combine(_folder, "log"), "start");

    /// <param name="mode"><c>fast</c> or <c>immediate</c>.</param>
    public Task StopAsync(string mode) => RunAsUserAsync("pg_ctl", "-D", Data, "-w", "-s", "-m", mode, "stop");

    /// <summary>Limits the size of the files that new connections write, which acts like a full disk for one table. Null removes the limit.</summary>
    public async Task LimitFilesAsync(int? bytes)
    {
        var server = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        await RunAsOwnerAsync("/usr/bin/prlimit", "--pid", server, $"--fsize={bytes?.ToString(CultureInfo.InvariantCulture) ?? "unlimited"}:unlimited");
    }

    /// <summary>Inserts a line at the top of pg_hba.conf.</summary>
    public async Task RequireAsync(string rule)
    {
        var file = Path.Combine(Data, "pg_hba.conf");
        await File.WriteAllTextAsync(file, $"{rule}\n{await File.ReadAllTextAsync(file)}");
        await ExecuteAsync("postgres", "SELECT pg_reload_conf()");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync("immediate");
        }
        catch (InvalidOperationException)
        {
            // A test has already stopped the server.
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static Task RunAsUserAsync(string program, params string[] arguments) => RunAsOwnerAsync(Path.Combine(Programs!, program), arguments);

    private static Task RunAsOwnerAsync(string path, params string[] arguments) => Environment.IsPrivilegedProcess
        ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", path, .. arguments])
        : RunAsync(path, arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // No pipes: the server would inherit them, and reading them would last until the server ends. Standard output is discarded.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null", program, .. arguments]) { WorkingDirectory = "/" };
        start.Environment["LC_ALL"] = "C.UTF-8";

        // A server that connects to another one, as with Citus, would look for certificates in root's home, which its user cannot read.
        start.Environment["HOME"] = "/nonexistent";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit {process.ExitCode}");
        }
    }
}

/// <summary>A server shared by tests that do not change it. CINELEDGER_TEST_POSTGRES can name another one, with a role that may create databases.</summary>
public sealed class SharedServer : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.StartNewAsync());
    private int _databases;

    /// <summary>Creates a database and returns its address. It has an empty ledger, or nothing when CINELEDGER_TEST_POSTGRES names the server.</summary>
    public async Task<string> CreateLedgerAsync() =>
        Environment.GetEnvironmentVariable("CINELEDGER_TEST_POSTGRES") is { Length: > 0 } ? await CreateDatabaseAsync() : await (await _server.Value).CreateLedgerAsync();

    /// <summary>An address of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        if (Environment.GetEnvironmentVariable("CINELEDGER_TEST_POSTGRES") is not { Length: > 0 } other)
        {
            return await (await _server.Value).CreateDatabaseAsync();
        }

        var address = PostgresAddress.Parse(other);
        var name = $"cineledger_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        address.Database = name;
        return address.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated && _server.Value.IsCompletedSuccessfully)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
