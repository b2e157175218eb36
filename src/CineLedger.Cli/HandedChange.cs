using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web.Commands;

namespace CineLedger.Cli;

/// <summary>Changes a ledger, or hands the change to the server that has its file open.</summary>
internal static class HandedChange
{
    /// <summary>Opens an existing ledger for a change. Returns the result that the server sent if the change was handed to it.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="wait">Whether to wait for another load into a PostgreSQL ledger.</param>
    /// <param name="change">Changes the ledger in this process.</param>
    /// <param name="request">The same change, for the server.</param>
    /// <param name="read">Returns the result from the server's response.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public static async Task<T> RunAsync<T>(
        string store, bool wait, Func<Ledger, Task<T>> change, CommandRequest request, Func<CommandEvent, T> read, CancellationToken cancellationToken)
    {
        LedgerBusyException busy;
        try
        {
            await using var ledger = await StoreEngine.Get(store).OpenExistingAsync(store, wait, cancellationToken);
            return await change(ledger);
        }
        catch (LedgerBusyException error)
        {
            busy = error;
        }

        return read(await SendAsync(store, () => Task.FromResult(request), null, _ => Task.CompletedTask, busy, cancellationToken));
    }

    /// <summary>Hands a change to the server that has the ledger open.</summary>
    /// <exception cref="LedgerBusyException">No server of this user on this machine has it open.</exception>
    public static async Task<CommandEvent> SendAsync(
        string store, Func<Task<CommandRequest>> createRequest, LoadProgressBar? progress, Func<LoadSummary, Task> onOriginalLoaded, LedgerBusyException busy,
        CancellationToken cancellationToken)
    {
        if (StoreEngine.Get(store).GetFile(store) is not { } file || await StartingLedger.WaitForServerAsync(file, cancellationToken) is not { } server)
        {
            throw busy;
        }

        await StandardError.Writer.WriteLineAsync($"The server at {server.Address} has the ledger open and makes this change.");
        return await CommandClient.RunAsync(server, await createRequest(), progress, onOriginalLoaded, busy, cancellationToken);
    }
}
