using System.Globalization;
using CineLedger.Model;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>Creates connections to one PostgreSQL server with the settings that the ledger needs.</summary>
internal static class PostgresSource
{
    /// <summary>The oldest tested version of PostgreSQL.</summary>
    private const int OldestServer = 15;

    /// <summary>
    /// The settings of every session. Just-in-time compilation costs more than it saves on queries of a second; sorts and hashes of reports fit into
    /// 64 MB; times are UTC.
    /// </summary>
    private const string Settings = "-c jit=off -c work_mem=64MB -c TimeZone=UTC";

    /// <param name="address">The address of one host.</param>
    /// <param name="application">The application name of the connections in the server's statistics.</param>
    /// <param name="purpose">What these connections are for, if the process has others to the same host: part of the pool's name in metrics.</param>
    public static NpgsqlDataSource Create(NpgsqlConnectionStringBuilder address, string application, string? purpose = null)
    {
        address.ApplicationName ??= application;
        address.Options = $"{address.Options} {Settings} {Citus.Settings}".Trim();
        address.IncludeErrorDetail = false;
        if (address.CommandTimeout == 30)
        {
            // The server's statement_timeout applies; Npgsql's default of 30 seconds would abort a large COPY.
            address.CommandTimeout = 0;
        }

        // The ledger uses only built-in types, so other types need not be loaded from the server.
        var builder = new NpgsqlDataSourceBuilder(address.ConnectionString)
        {
            // Otherwise metrics and traces would name the pool by its whole connection string.
            Name = string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}/{address.Database ?? address.Username}{(purpose is null ? "" : $" {purpose}")}"),
        };
        return builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();
    }

    /// <summary>Opens a connection. Throws <see cref="LedgerException"/> if the server cannot be reached, refuses, or is too old.</summary>
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
