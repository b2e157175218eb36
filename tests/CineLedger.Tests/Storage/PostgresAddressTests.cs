using CineLedger.Model;
using CineLedger.Storage.Postgres;
using Npgsql;

namespace CineLedger.Tests.Storage;

public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("postgres://ann@db.example/movies", "postgres://ann@db.example/movies")]
    [InlineData("postgresql://ann:s%40crt@db.example:6000/movies?sslmode=verify-full", "postgres://ann@db.example:6000/movies")]
    [InlineData("postgres://ann@one:5001,two,three:5003/movies", "postgres://ann@one:5001,two,three:5003/movies")]
    [InlineData("postgres:///movies?host=/var/run/postgresql&user=ann", "postgres://ann@/var/run/postgresql/movies")]
    [InlineData("Host=db.example;Database=movies;Username=ann;Password=secret", "postgres://ann@db.example/movies")]
    public void An_address_is_shown_without_its_password(string store, string shown)
    {
        Assert.True(PostgresAddress.IsPostgresAddress(store));
        Assert.Equal(shown, PostgresAddress.GetDisplayName(PostgresAddress.Parse(store)));
    }

    [Theory]
    [InlineData("ledger.duckdb")]
    [InlineData("a=b.duckdb")]
    [InlineData("./postgres")]
    [InlineData("mysql://h/d")]
    public void A_file_name_is_not_parsed_as_a_PostgreSQL_address(string store) => Assert.False(PostgresAddress.IsPostgresAddress(store));

    [Fact]
    public void Passwords_options_and_tls_are_passed_through()
    {
        var address = PostgresAddress.Parse("postgres://ann:s%40cr%2Ft@h:6000/movies?sslmode=verify-ca&sslrootcert=/ca.pem&connect_timeout=3&application_name=me&options=-c%20x.y%3D1");
        Assert.Equal(("s@cr/t", 6000, SslMode.VerifyCA, "/ca.pem", 3, "me", "-c x.y=1"),
            (address.Password, address.Port, address.SslMode, address.RootCertificate, address.Timeout, address.ApplicationName, address.Options));
    }

    [Theory]
    [InlineData("postgres://ann@h/movies", GssEncryptionMode.Disable)]
    [InlineData("Host=h;Username=ann", GssEncryptionMode.Disable)]
    [InlineData("postgres://ann@h/movies?gssencmode=require", GssEncryptionMode.Require)]
    [InlineData("Host=h;GSS Encryption Mode=Prefer", GssEncryptionMode.Prefer)]
    public void Kerberos_encryption_is_opt_in(string store, GssEncryptionMode mode) =>
        Assert.Equal(mode, PostgresAddress.Parse(store).GssEncryptionMode);

    [Fact]
    public void Each_host_has_its_own_port() => Assert.Equal(
        [("one", 5001), ("two", 5432), ("three", 5003)],
        PostgresAddress.SplitHosts(PostgresAddress.Parse("postgres://ann@one:5001,two,three:5003/movies")).Select(host => (host.Host!, host.Port)));

    [Theory]
    [InlineData("postgres://h:port/d")]
    [InlineData("postgres://h/d?nonsense=1")]
    [InlineData("Host=h;Nonsense=1")]
    public void An_invalid_address_is_a_one_line_error(string store) =>
        Assert.StartsWith("--store: not an address of a PostgreSQL database", Assert.Throws<UsageException>(() => PostgresAddress.Parse(store)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_invalid_parameter_is_named() =>
        Assert.Contains("the parameter sslmode", Assert.Throws<UsageException>(() => PostgresAddress.Parse("postgres://h/d?sslmode=sometimes")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("postgres://ann:SEC/RET@h/movies")]
    [InlineData("postgres://ann:123/SECRET@h/movies")]
    [InlineData("postgres://ann:SECRET")]
    [InlineData("postgres://ann:SEC?RET@h/movies")]
    [InlineData("postgres://ann:1?SECRET=2@h/movies")]
    [InlineData("postgres://ann:SEC,RET/x")]
    [InlineData("postgres://ann:99999999999SECRET/x")]
    [InlineData("Host=h;Password=1;SECRET")]
    [InlineData("Host=h;Password=1;SECRET=2")]
    public void No_part_of_a_password_is_in_an_error(string store)
    {
        var message = Assert.Throws<UsageException>(() => PostgresAddress.Parse(store)).Message;
        Assert.DoesNotContain("SEC", message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("RET", message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("PGPASSWORD", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://ann:x@h/movies", true)]
    [InlineData("postgres://ann@h/movies?password=x", true)]
    [InlineData("Host=h;Password=x", true)]
    [InlineData("postgres://ann@h/movies", false)]
    [InlineData("postgres://ann@h/movies?nonsense=1", false)]
    [InlineData("movies.duckdb", false)]
    public void A_password_in_an_address_is_detected(string store, bool expected) => Assert.Equal(expected, PostgresAddress.HasPassword(store));
}
