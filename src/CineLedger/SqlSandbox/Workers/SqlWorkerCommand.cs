using System.Reflection;

namespace CineLedger.SqlSandbox.Workers;

/// <summary>How to start a worker: the program with its arguments.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record SqlWorkerCommand(string Program, IReadOnlyList<string> Arguments)
{
    private const string Name = "cineledger";

    /// <summary>Returns the command for this program itself or, in a program that uses the library, for the one beside it.</summary>
    public static SqlWorkerCommand Find()
    {
        var isCommand = Assembly.GetEntryAssembly()?.GetName().Name == Name;
        if (isCommand && Environment.ProcessPath is { } self && !Path.GetFileNameWithoutExtension(self).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            return new(self, [SqlWorker.Argument]);
        }

        var beside = Path.Combine(AppContext.BaseDirectory, Name);
        var program = OperatingSystem.IsWindows() ? $"{beside}.exe" : beside;
        return File.Exists(program) ? new(program, [SqlWorker.Argument]) : new("dotnet", [$"{beside}.dll", SqlWorker.Argument]);
    }
}
