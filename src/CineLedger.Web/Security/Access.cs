namespace CineLedger.Web.Security;

/// <summary>Who may use an endpoint: put on it as metadata. Without it, whoever may read.</summary>
public sealed record Access(bool AdministratorsOnly)
{
    /// <summary>Only a key of an administrator's opens it, from wherever it is asked for.</summary>
    public static Access Administrators { get; } = new(AdministratorsOnly: true);

    /// <summary>Open to everybody, without a key: health checks.</summary>
    public static Access Everybody { get; } = new(AdministratorsOnly: false);
}
