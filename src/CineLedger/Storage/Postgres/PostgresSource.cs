using System.Globalization;
using CineLedger.Model;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>Connections to one PostgreSQL server, set up as the ledger needs them.</summary>
internal static class PostgresSource
{
    /// <summary>The oldest server that is tested.</summary>
    private const int OldestServer = 15;

    /// <summary>
    /// For every session: just-in-time compilation costs more than it saves on queries of a second; sorts and hashes of reports fit
    /// into 64 MB; times are UTC.
    /// </summary>
    private const string Settings = "-c jit=off -c work_mem=64MB -c TimeZone=UTC";

    /// <param name="address">Of one host.</param>
    /// <param name="application">What the server's own lists call the connections.</param>
    public static NpgsqlDataSource Create(NpgsqlConnectionStringBuilder address, string application)
    {
        address.ApplicationName ??= application;
        address.Options = $"{address.Options} {Settings} {Citus.Settings}".Trim();
        address.IncludeErrorDetail = false;
        if (address.CommandTimeout == 30)
        {
            // The server's statement_timeout decides; Npgsql's own 30 seconds would cut a large COPY short.
            address.CommandTimeout = 0;
        }

        // The ledger holds PostgreSQL's own types alone: nothing need be asked about others.
        return new NpgsqlDataSourceBuilder(address.ConnectionString).ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();
    }

    /// <summary>Opens a connection. Throws <see cref="LedgerException"/> where the server cannot be reached, refuses, or is too old.</summary>
    public static async Task<NpgsqlConnection> ConnectAsync(NpgsqlDataSource source, string name, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            var version = connection.PostgreSqlVersion;
            if (version.Major >= OldestServer)
            {
                return connection;
            }

            await connection.DisposeAsync().ConfigureAwait(false);
            throw new LedgerException(string.Create(
                CultureInfo.InvariantCulture, $"{name} runs PostgreSQL {version}; CineLedger needs {OldestServer} or newer."));
        }
        catch (Exception error) when (error is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException or IOException)
        {
            throw PostgresErrors.OpenFailed(name, error);
        }
    }
}
