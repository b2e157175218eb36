using System.Text;
using CineLedger.Reports.Profile;

namespace CineLedger.Charts.Profile;

/// <summary>The forms in which a profile can be had.</summary>
public enum ProfileFormat
{
    Table,
    Json,
    Html,
}

/// <summary>Writes profiles. Equal profiles make equal bytes.</summary>
public static class ProfileWriters
{
    /// <summary>The whole profile, UTF-8, some tens of kilobytes.</summary>
    /// <param name="profile">What to write.</param>
    /// <param name="format">How.</param>
    /// <param name="style">How wide a table may be, and what it may be made of; the other formats do not mind.</param>
    public static byte[] Write(LedgerProfile profile, ProfileFormat format, TerminalStyle style) => format switch
    {
        ProfileFormat.Json => ProfileJson.Write(profile),
        ProfileFormat.Html => Encoding.UTF8.GetBytes(ProfileHtml.Write(profile)),
        ProfileFormat.Table => Encoding.UTF8.GetBytes(string.Concat(ProfileTerminal.Render(profile, style).Select(line => $"{line}\n"))),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
