using CineLedger.Model;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>
/// The address of a PostgreSQL ledger: <c>postgres://user@host:port,host2/database?sslmode=require</c>, the same with <c>postgresql://</c>,
/// or Npgsql's <c>Host=…;Database=…</c>. A password should be in PGPASSWORD or in the file at PGPASSFILE; it is never shown.
/// </summary>
public static class PostgresAddress
{
    /// <summary>The parameter names in libpq's URIs and the corresponding names in Npgsql.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "Host",
        ["port"] = "Port",
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["password"] = "Password",
        ["passfile"] = "Passfile",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["gssencmode"] = "GSS Encryption Mode",
        ["application_name"] = "Application Name",
        ["connect_timeout"] = "Timeout",
        ["options"] = "Options",
        ["target_session_attrs"] = "Target Session Attributes",
    };

    /// <summary>Whether a store is a PostgreSQL address; otherwise it is a file name.</summary>
    public static bool IsPostgresAddress(string store) =>
        store.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || store.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
        || (store.Contains('=', StringComparison.Ordinal)
            && store.Split(';').Any(part => part.TrimStart().StartsWith("host=", StringComparison.OrdinalIgnoreCase)
                || part.TrimStart().StartsWith("server=", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Parses an address. Throws <see cref="UsageException"/> if it is invalid.</summary>
    public static NpgsqlConnectionStringBuilder Parse(string store)
    {
        try
        {
            var address = WithoutKerberos(
                store.Contains("://", StringComparison.Ordinal) ? ParseUri(store[(store.IndexOf("://", StringComparison.Ordinal) + 3)..]) : new(store));

            // Checks the ports.
            _ = SplitHosts(address);
            return address;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException or KeyNotFoundException or UriFormatException)
        {
            // The reason quotes the address, of which any part may be a piece of a password.
            throw new UsageException(
                "--store: not an address of a PostgreSQL database; use postgres://user@host:port/database?sslmode=verify-full, without a password (PGPASSWORD or ~/.pgpass has it), "
                + "or with one whose letters / ? # @ : % are percent-encoded.");
        }
    }

    /// <summary>Returns the address with the password from PGPASSWORD, for a process that does not receive this variable.</summary>
    public static string GetWithPassword(string store)
    {
        var address = Parse(store);
        address.Password ??= Environment.GetEnvironmentVariable("PGPASSWORD");
        return address.ConnectionString;
    }

    /// <summary>Whether an address contains a password. False for an invalid address.</summary>
    public static bool HasPassword(string store) => IsPostgresAddress(store) && ReadPassword(store) is { Length: > 0 };

    /// <summary>Returns the address for display, without its password and options.</summary>
    public static string GetDisplayName(NpgsqlConnectionStringBuilder address)
    {
        var user = address.Username is { Length: > 0 } name ? $"{name}@" : "";
        var hosts = (address.Host ?? "localhost").Split(',').Select(
            host => host.Contains(':', StringComparison.Ordinal) || host.StartsWith('/') || address.Port == NpgsqlConnection.DefaultPort
                ? host
                : FormattableString.Invariant($"{host}:{address.Port}"));
        return $"postgres://{user}{string.Join(',', hosts)}/{address.Database ?? address.Username}";
    }

    /// <summary>Returns a separate address for each host.</summary>
    public static NpgsqlConnectionStringBuilder[] SplitHosts(NpgsqlConnectionStringBuilder address) =>
    [
        .. (address.Host ?? "localhost").Split(',').Select(host =>
        {
            var one = new NpgsqlConnectionStringBuilder(address.ConnectionString) { Host = host.Trim() };
            if (!host.StartsWith('/') && host.LastIndexOf(':') is > 0 and var colon && host.IndexOf(':', StringComparison.Ordinal) == colon)
            {
                one.Host = host[..colon].Trim();
                one.Port = int.Parse(host[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture);
            }

            return one;
        }),
    ];

    private static string? ReadPassword(string store)
    {
        try
        {
            return Parse(store).Password;
        }
        catch (UsageException)
        {
            return null;
        }
    }

    /// <summary>
    /// Disables Kerberos encryption unless it is requested: checking for it takes time at every start, and if its library is missing, as in a small
    /// container image, the runtime reports that on standard error.
    /// </summary>
    private static NpgsqlConnectionStringBuilder WithoutKerberos(NpgsqlConnectionStringBuilder address)
    {
        if (!address.ShouldSerialize("GSS Encryption Mode") && Environment.GetEnvironmentVariable("PGGSSENCMODE") is null)
        {
            address.GssEncryptionMode = GssEncryptionMode.Disable;
        }

        return address;
    }

    private static NpgsqlConnectionStringBuilder ParseUri(string rest)
    {
        var address = new NpgsqlConnectionStringBuilder();
        var queryStart = rest.IndexOf('?', StringComparison.Ordinal);
        var parameters = queryStart < 0 ? "" : rest[(queryStart + 1)..];
        rest = queryStart < 0 ? rest : rest[..queryStart];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (rest.LastIndexOf('@') > slash && slash >= 0)
        {
            // A password with a slash: what follows would be taken for the database, and shown.
            throw new FormatException("The address has an @ after its first slash.");
        }

        if (slash >= 0 && slash < rest.Length - 1)
        {
            address.Database = Uri.UnescapeDataString(rest[(slash + 1)..]);
        }

        var authority = slash < 0 ? rest : rest[..slash];
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            var user = authority[..at].Split(':', 2);
            address.Username = Uri.UnescapeDataString(user[0]);
            if (user.Length > 1)
            {
                address.Password = Uri.UnescapeDataString(user[1]);
            }
        }

        SetHosts(address, authority[(at + 1)..]);
        foreach (var pair in parameters.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var (name, value) = (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : ""));
            try
            {
                address[Names.GetValueOrDefault(name, name)] = name.Equals("sslmode", StringComparison.OrdinalIgnoreCase) ? value.Replace("-", "", StringComparison.Ordinal) : value;
            }
            catch (Exception error) when (error is ArgumentException or FormatException && Names.ContainsKey(name))
            {
                throw new UsageException($"--store: the parameter {name.ToLowerInvariant()} of the address is invalid; see docs/storage.md.", error);
            }
        }

        if (address.Host is null)
        {
            address.Host = "localhost";
        }

        return address;
    }

    private static void SetHosts(NpgsqlConnectionStringBuilder address, string hosts)
    {
        if (hosts.Length == 0)
        {
            return;
        }

        // Npgsql expects the ports of several hosts in the list of hosts, but the port of a single host separately.
        if (!hosts.Contains(',', StringComparison.Ordinal) && !hosts.EndsWith(']') && hosts.LastIndexOf(':') is > 0 and var colon)
        {
            address.Port = int.Parse(hosts[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture);
            hosts = hosts[..colon];
        }

        address.Host = Uri.UnescapeDataString(hosts);
    }
}
