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
}
