using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.CommandLine;

/// <summary>The built <c>cineledger</c> command, run as a user runs it: as a process with arguments, an environment and three streams.</summary>
public sealed class CineLedgerProcess : IAsyncDisposable
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Far longer than any command takes: only a command that hangs reaches it.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly CapturedStream _output;
    private readonly CapturedStream _error;
    private readonly Task _input;

    private CineLedgerProcess(Process process, Stream? input)
    {
        _process = process;
        _output = new CapturedStream(process.StandardOutput.BaseStream);
        _error = new CapturedStream(process.StandardError.BaseStream);
        _input = WriteAsync(process.StandardInput.BaseStream, input);
    }

    /// <summary>The path of the command, which is copied beside the tests because their project references it.</summary>
    public static string Executable { get; } =
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "cineledger.exe" : "cineledger");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the command in <paramref name="folder"/>, which also holds its temporary files.</summary>
    public static CineLedgerProcess Start(
        string folder, IEnumerable<string> arguments, Stream? input = null, IReadOnlyDictionary<string, string>? environment = null) =>
        OperatingSystem.IsLinux()
            // When the tests run in the background or under nohup, they and their child processes ignore SIGINT or SIGHUP.
            ? StartOther(folder, "/usr/bin/env", ["--default-signal=INT,HUP", Executable, .. arguments], input, environment)
            : StartOther(folder, Executable, arguments, input, environment);

    /// <summary>Starts another program, such as a shell, with <c>cineledger</c> on its PATH.</summary>
    public static CineLedgerProcess StartOther(
        string folder, string program, IEnumerable<string> arguments, Stream? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in (string[])["CINELEDGER_STORE", "CINELEDGER_REQUIRE_KEY", "COLUMNS", "DOTNET_RUNNING_IN_CONTAINER", "PORT"])
        {
            start.Environment.Remove(variable);
        }

        start.Environment["PATH"] = $"{AppContext.BaseDirectory}{Path.PathSeparator}{start.Environment["PATH"]}";
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new CineLedgerProcess(Process.Start(start)!, input);
    }

    /// <summary>Sends a signal to this process only.</summary>
    public void Signal(int signal)
    {
        if (!_process.HasExited)
        {
            _ = kill(_process.Id, signal);
        }
    }

    /// <summary>The processor time that the process has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The bytes that the process has read and written so far: progress independent of the machine's speed. 0 after its end.</summary>
    public long TransferredBytes
    {
        get
        {
            try
            {
                var lines = File.ReadAllLines($"/proc/{_process.Id}/io");
                return lines.Where(line => line.StartsWith("rchar", StringComparison.Ordinal) || line.StartsWith("wchar", StringComparison.Ordinal))
                    .Sum(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return 0;
            }
        }
    }

    /// <summary>Waits for the end of the process and returns the bytes that it had read and written when last checked.</summary>
    public async Task<long> TransferAllAsync()
    {
        var transferred = 0L;
        await Wait.UntilAsync("the process ends", () =>
        {
            transferred = Math.Max(transferred, TransferredBytes);
            return HasExited;
        });
        return transferred;
    }

    /// <summary>Waits until the process has read and written this many bytes. Returns false when it ends first.</summary>
    public async Task<bool> WaitForTransferAsync(long bytes)
    {
        await Wait.UntilAsync($"{bytes} bytes are read and written", () => HasExited || TransferredBytes >= bytes);
        return !HasExited;
    }

    /// <summary>Waits until a text appears on standard error.</summary>
    public Task WaitForOutputAsync(string text) =>
        Wait.UntilAsync($"\"{text}\" on standard error", () => HasReported(text) || (HasExited ? throw new InvalidOperationException(_error.Text) : false));

    /// <summary>Waits only for the end of the process, even if its input is still open.</summary>
    /// <summary>Returns whether the process has written a text to standard error so far.</summary>
    public bool HasReported(string text) => _error.Text.Contains(text, StringComparison.Ordinal);

    public Task WaitForExitAsync() => Wait.UntilAsync("the process ends", () => HasExited);

    /// <summary>Waits for the end of the process. A command that does not end is killed, and the test fails.</summary>
    public async Task<CommandResult> WaitAsync()
    {
        using var patience = new CancellationTokenSource(Timeout);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            throw new TimeoutException($"{string.Join(' ', _process.StartInfo.ArgumentList)}: still running after {Timeout.TotalSeconds} s; {await ErrorAsync()}");
        }

        await _input;
        return new CommandResult(_process.ExitCode, await _output.EndAsync(), await ErrorAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task<string> ErrorAsync() => Encoding.UTF8.GetString(await _error.EndAsync());

    private static async Task WriteAsync(Stream stream, Stream? input)
    {
        try
        {
            await using (stream)
            {
                if (input is not null)
                {
                    await input.CopyToAsync(stream);
                }
            }
        }
        catch (IOException)
        {
            // The command has ended or has stopped reading.
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
}

/// <summary>The exit code and output of a command.</summary>
public sealed record CommandResult(int ExitCode, byte[] OutputBytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>The lines of standard output. CSV lines end in CRLF, as RFC 4180 requires; all others end in LF.</summary>
    public string[] OutputLines => Output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
