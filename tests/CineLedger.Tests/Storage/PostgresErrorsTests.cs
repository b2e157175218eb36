using CineLedger.Storage.Postgres;
using Npgsql;

namespace CineLedger.Tests.Storage;

public sealed class PostgresErrorsTests
{
    [Theory]
    [InlineData("permission denied for table movie", "cineledger_reader")]
    [InlineData("keine Berechtigung für Tabelle webhook", "cineledger_loader")]
    public void A_denied_read_names_the_required_role(string denied, string role) => Assert.Equal(
        $"movies cannot be read: {denied}. Ask for the role {role}.",
        PostgresErrors.ReadFailed("movies", new PostgresException(denied, "ERROR", "ERROR", PostgresErrorCodes.InsufficientPrivilege)).Message);

    /// <summary>Messages of Citus 13.2 when a worker is stopped at different points.</summary>
    [Theory]
    [InlineData("08006", "connection to the remote node postgres@10.0.0.7:5432 failed with the following error: connection not open", null)]
    [InlineData("57P01", "terminating connection due to administrator command", "while executing command on 10.0.0.7:5432")]
    [InlineData("XX000", "server closed the connection unexpectedly", "while executing command on 10.0.0.7:5432")]
    [InlineData("XX000", "failure on connection marked as essential: 10.0.0.7:5432", "COPY movie_company, line 2")]
    [InlineData("58030", "failed to COPY to shard 102027 on 10.0.0.7:5432", null)]
    public void A_lost_worker_is_named(string code, string message, string? context)
    {
        var error = new PostgresException(message, "ERROR", "ERROR", code, where: context);
        Assert.Equal("movies: the Citus worker 10.0.0.7:5432 cannot be reached. Start it (cineledger doctor checks every worker) and try again.", PostgresErrors.ReadFailed("movies", error).Message);
        Assert.Contains("the Citus worker 10.0.0.7:5432 cannot be reached. Nothing was published", PostgresErrors.WriteFailed("movies", error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("22012", "division by zero", "while executing command on 10.0.0.7:5432")]
    [InlineData("57P01", "terminating connection due to administrator command", null)]
    [InlineData("08006", "connection lost", "COPY movie, line 2")]
    public void Other_errors_name_no_worker(string code, string message, string? context) =>
        Assert.DoesNotContain("Citus", PostgresErrors.ReadFailed("movies", new PostgresException(message, "ERROR", "ERROR", code, where: context)).Message, StringComparison.Ordinal);
}
