using CineLedger.Model;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>Chooses one of a ledger's database servers.</summary>
internal static class HostSelection
{
    /// <summary>
    /// Connects to the hosts in this order and returns the first suitable connection. If there is none, throws the last failure, or the first refusal if
    /// no host failed.
    /// </summary>
    /// <param name="hosts">At least one.</param>
    /// <param name="connect">Connects to a host. Returns null, with the connection closed, if the host is not suitable.</param>
    /// <param name="refuse">Creates the exception that says why a host is not suitable.</param>
    /// <param name="explain">Translates an exception of the driver.</param>
    public static async Task<T> ConnectToFirstAsync<THost, T>(
        IEnumerable<THost> hosts, Func<THost, Task<T?>> connect, Func<THost, LedgerException> refuse, Func<THost, NpgsqlException, LedgerException> explain)
        where T : class
    {
        LedgerException? failure = null;
        LedgerException? refusal = null;
        foreach (var host in hosts)
        {
            try
            {
                if (await connect(host).ConfigureAwait(false) is { } chosen)
                {
                    return chosen;
                }

                refusal ??= refuse(host);
            }
            catch (LedgerException error)
            {
                failure = error;
            }
            catch (NpgsqlException error)
            {
                failure = explain(host, error);
            }
        }

        throw failure ?? refusal!;
    }

    /// <summary>Returns a connection, or an object that has one, if it is suitable. Otherwise disposes it and returns null.</summary>
    public static async Task<T?> KeepIfAsync<T>(T connected, Func<Task<bool>> serves)
        where T : class, IAsyncDisposable
    {
        try
        {
            if (await serves().ConfigureAwait(false))
            {
                return connected;
            }
        }
        catch
        {
            await connected.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await connected.DisposeAsync().ConfigureAwait(false);
        return null;
    }
}
