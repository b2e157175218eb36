using CineLedger.Storage.Postgres;
using Npgsql;

namespace CineLedger.Tests.Storage;

public sealed class PostgresErrorsTests
{
    [Theory]
    [InlineData("permission denied for table movie", "cineledger_reader")]
    [InlineData("keine Berechtigung für Tabelle webhook", "cineledger_loader")]
    public void Who_may_not_read_is_told_the_role_that_may(string denied, string role) => Assert.Equal(
        $"films cannot be read: {denied}. Ask for the role {role}.",
        PostgresErrors.OnRead("films", new PostgresException(denied, "ERROR", "ERROR", PostgresErrorCodes.InsufficientPrivilege)).Message);
}
