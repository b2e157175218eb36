using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>Copies a stream that can be read only once (standard input, a named pipe) to a temporary file.</summary>
internal static class StandardInput
{
    private const int BlockLength = 128 * 1024;

    /// <exception cref="UsageException">Standard input is not redirected.</exception>
    public static async Task<TemporaryFile> SpoolAsync(SourceOptions options, CancellationToken cancellationToken)
    {
        if (options.StandardInput is { } given)
        {
            return await SpoolAsync(given, SourceAddress.StandardInput, options, cancellationToken);
        }

        if (!Console.IsInputRedirected)
        {
            throw new UsageException("standard input: no data is piped in. Pipe a zip or a CSV file, or give an address instead of '-'.");
        }

        await using var input = Console.OpenStandardInput();
        return await SpoolAsync(input, SourceAddress.StandardInput, options, cancellationToken);
    }

    public static async Task<TemporaryFile> SpoolAsync(
        Stream input, string displayName, SourceOptions options, CancellationToken cancellationToken)
    {
        var spool = new TemporaryFile(displayName, options);
        try
        {
            var block = new byte[BlockLength];
            while (true)
            {
                // A pending read from a pipe cannot be canceled, but waiting for it can. The read and its block are then abandoned.
                var read = await input.ReadAsync(block, cancellationToken).AsTask().WaitAsync(cancellationToken);
                if (read == 0)
                {
                    break;
                }

                await spool.AppendAsync(block.AsMemory(0, read), cancellationToken);
                options.Progress?.Report(new SourceProgress(spool.Length, null));
            }
        }
        catch (Exception e)
        {
            var arrived = spool.Length;
            await spool.DisposeAsync();
            if (e is IOException)
            {
                throw new LedgerException(
                    $"{displayName}: reading failed after {arrived} bytes. {e.Message.TrimEnd('.')}. Check what is piped in.", e);
            }
            throw;
        }
        await spool.CloseAsync();
        return spool;
    }
}
