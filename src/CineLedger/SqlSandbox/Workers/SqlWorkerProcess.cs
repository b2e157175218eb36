using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CineLedger.Files;
using CineLedger.Model;

namespace CineLedger.SqlSandbox.Workers;

/// <summary>A worker as seen by the process that started it.</summary>
internal sealed class SqlWorkerProcess : IAsyncDisposable
{
    /// <summary>
    /// The environment variables that a worker receives: where to find the runtime, the system's libraries, time zone and temporary folder, and the files
    /// that hold PostgreSQL's password and certificates. Everything else, such as keys of an object store, is withheld.
    /// </summary>
    private static readonly string[] PassedVariables =
        ["PATH", "HOME", "USERPROFILE", "SystemRoot", "TMPDIR", "TEMP", "TMP", "TZ", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_BUNDLE_EXTRACT_BASE_DIR",
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "PGUSER", "PGOPTIONS", "PGGSSENCMODE", "PGPASSFILE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY"];

    private readonly Process _process;
    private readonly string _folder;

    private SqlWorkerProcess(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>Gets what the worker sends.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    public bool HasExited => _process.HasExited;

    /// <summary>Gets the number of statements it was given.</summary>
    public int Runs { get; private set; }

    /// <summary>Starts a worker, which waits for its first statement.</summary>
    /// <param name="command">The command.</param>
    /// <param name="ledgerFile">The file beside which temporary files are created; null to create them in the system's folder.</param>
    public static SqlWorkerProcess Start(SqlWorkerCommand command, string? ledgerFile)
    {
        string folder;
        try
        {
            folder = TemporaryPaths.CreateFolderBeside(ledgerFile, $"{Guid.NewGuid():N}.tmp");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"the process for SQL needs a folder for temporary files: {error.Message}", error);
        }

        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var name in PassedVariables)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = "10000000"; // hexadecimal: 256 MB
        try
        {
            return new SqlWorkerProcess(Process.Start(start)!, folder);
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            Leftover.Delete(folder);
            throw new LedgerException($"the process for SQL cannot be started ({command.Program}): {error.Message}", error);
        }
    }

    public async Task SendAsync(SqlRequest request, CancellationToken cancellationToken)
    {
        Runs++;
        request = request with { Limits = request.Limits with { TemporaryFolder = Path.Combine(_folder, "tmp") } };
        try
        {
            await Frame.WriteAsync(
                _process.StandardInput.BaseStream, FrameKind.Request, JsonSerializer.SerializeToUtf8Bytes(request, WorkerJson.Default.SqlRequest), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It has ended: reading its output reports why.
        }
    }

    /// <summary>Returns the bytes of memory that it has in use; 0 if it has ended.</summary>
    public long ReadMemory()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return long.Parse(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/statm")).Split(' ')[1], CultureInfo.InvariantCulture)
                    * Environment.SystemPageSize;
            }

            _process.Refresh();
            return _process.WorkingSet64;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Ends it at once, whatever it is doing.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended.
        }
    }

    /// <summary>Waits until it has ended, and returns its exit code: 128 plus the number of the signal that ended it.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
        Leftover.Delete(_folder);
    }
}
