using System.Text;

namespace CineLedger.Cli;

/// <summary>
/// The only writer to standard error: messages, progress and logs. Text is lost if standard error is closed or its disk is full, but the command continues and
/// ends with its own exit code.
/// </summary>
internal sealed class StandardError : TextWriter
{
    private readonly TextWriter _target = Open();

    private StandardError()
    {
    }

    public static TextWriter Writer { get; } = new StandardError();

    public override Encoding Encoding => _target.Encoding;

    /// <summary>Makes libraries that use the console write through <see cref="Writer"/> too.</summary>
    public static void RedirectConsole() => Console.SetError(Writer);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        try
        {
            _target.Write(value);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // There is no other place to report it.
        }
    }

    /// <summary>Writes the line at once, so that lines of several threads do not mix.</summary>
    public override void WriteLine(string? value) => Write(value + NewLine);

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    private static TextWriter Open()
    {
        try
        {
            return StandardErrorDescriptor.IsInherited() ? Console.Error : Null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Null;
        }
    }
}
