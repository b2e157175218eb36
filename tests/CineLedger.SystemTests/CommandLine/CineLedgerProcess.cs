using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.CommandLine;

/// <summary>The built <c>cineledger</c> command, run as its user runs it: a process with arguments, an environment and three streams.</summary>
public sealed class CineLedgerProcess : IAsyncDisposable
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Far above what any command takes: reached only by one that hangs.</summary>
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

    /// <summary>The command lies beside the tests, since their project refers to it.</summary>
    public static string Executable { get; } =
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "cineledger.exe" : "cineledger");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the command in <paramref name="folder"/>, which also is where its temporary files go.</summary>
    public static CineLedgerProcess Start(
        string folder, IEnumerable<string> arguments, Stream? input = null, IReadOnlyDictionary<string, string>? environment = null) =>
        OperatingSystem.IsLinux()
            // Who starts the tests in the background makes them, and what they start, deaf to Ctrl-C.
            ? StartOther(folder, "/usr/bin/env", ["--default-signal=INT", Executable, .. arguments], input, environment)
            : StartOther(folder, Executable, arguments, input, environment);

    /// <summary>Starts another program, a shell for one, that has <c>cineledger</c> on its PATH.</summary>
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
        foreach (var variable in (string[])["CINELEDGER_STORE", "COLUMNS"])
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

    /// <summary>Sends a signal to this process and no other.</summary>
    public void Signal(int signal)
    {
        if (!_process.HasExited)
        {
            _ = kill(_process.Id, signal);
        }
    }

    /// <summary>The processor time it has taken so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The bytes it has read and written so far, which tell how far it has come whatever the machine's speed; 0 after its end.</summary>
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

    /// <summary>Waits for its end and returns the bytes that it has read and written, as last seen.</summary>
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

    /// <summary>Waits until it has read and written so many bytes. Returns false when it has ended before.</summary>
    public async Task<bool> WaitForTransferAsync(long bytes)
    {
        await Wait.UntilAsync($"{bytes} bytes are read and written", () => HasExited || TransferredBytes >= bytes);
        return !HasExited;
    }

    /// <summary>Waits until a text stands on its standard error.</summary>
    public Task WaitForOutputAsync(string text) =>
        Wait.UntilAsync($"\"{text}\" on standard error", () => _error.Text.Contains(text, StringComparison.Ordinal) || (HasExited ? throw new InvalidOperationException(_error.Text) : false));

    /// <summary>Waits for the end of the process alone, though its input may be held open.</summary>
    public Task WaitForExitAsync() => Wait.UntilAsync("the process ends", () => HasExited);

    /// <summary>Waits for the end; a command that does not come to one is killed, and the test fails.</summary>
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
            throw new TimeoutException($"{string.Join(' ', _process.StartInfo.ArgumentList)}: no end after {Timeout.TotalSeconds} s; {await ErrorAsync()}");
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
            // The command has ended, or will not read on.
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
}

/// <summary>How a command ended and what it said.</summary>
public sealed record CommandResult(int ExitCode, byte[] OutputBytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>CSV ends its lines in CR LF, as RFC 4180 has it; the rest in LF.</summary>
    public string[] OutputLines => Output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
