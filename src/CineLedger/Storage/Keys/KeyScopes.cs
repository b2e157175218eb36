using CineLedger.Model;

namespace CineLedger.Storage.Keys;

/// <summary>The permissions of a key.</summary>
[Flags]
public enum KeyScopes
{
    None = 0,

    /// <summary>Reading everything but webhooks.</summary>
    Read = 1,

    /// <summary>Read-only SQL, on a server that accepts it.</summary>
    Sql = 2,

    /// <summary>Adding, changing and removing single movies.</summary>
    Push = 4,

    /// <summary>Starting and canceling loads.</summary>
    Load = 8,

    /// <summary>Everything that no other scope covers, such as webhooks.</summary>
    Admin = 16,

    /// <summary>The scopes of a key that is created without any.</summary>
    Ordinary = Read | Sql,

    All = Read | Sql | Push | Load | Admin,
}

/// <summary>The names of <see cref="KeyScopes"/>, as in options, tables and messages.</summary>
public static class KeyScopeNames
{
    public static IReadOnlyList<(string Name, KeyScopes Scope)> Known { get; } =
        [("read", KeyScopes.Read), ("sql", KeyScopes.Sql), ("push", KeyScopes.Push), ("load", KeyScopes.Load), ("admin", KeyScopes.Admin)];

    /// <summary>Returns the names of scopes, separated by spaces.</summary>
    public static string Format(KeyScopes scopes) => string.Join(' ', Known.Where(known => scopes.HasFlag(known.Scope)).Select(known => known.Name));

    /// <summary>Parses names separated by spaces or commas. Throws <see cref="UsageException"/> for an unknown one.</summary>
    public static KeyScopes Parse(string text)
    {
        var scopes = KeyScopes.None;
        foreach (var name in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var scope = Known.FirstOrDefault(known => known.Name == name).Scope;
            scopes |= scope != KeyScopes.None
                ? scope
                : throw new UsageException($"--scope: '{name}' is not one of {string.Join(", ", Known.Select(known => known.Name))}.");
        }

        return scopes;
    }
}
