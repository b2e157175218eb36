using System.Text;
using CineLedger.Reports.Profile;

namespace CineLedger.Charts.Profile;

/// <summary>Output formats of a profile.</summary>
public enum ProfileFormat
{
    Table,
    Json,
    Html,
}

/// <summary>Writes profiles. Equal profiles produce the same bytes.</summary>
public static class ProfileWriters
{
    /// <summary>Returns the whole profile in UTF-8, some tens of kilobytes.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="format">The output format.</param>
    /// <param name="style">Width and characters of a table; ignored by the other formats.</param>
    public static byte[] Write(LedgerProfile profile, ProfileFormat format, TerminalStyle style) => format switch
    {
        ProfileFormat.Json => ProfileJson.Write(profile),
        ProfileFormat.Html => Encoding.UTF8.GetBytes(ProfileHtml.Write(profile)),
        ProfileFormat.Table => Encoding.UTF8.GetBytes(string.Concat(ProfileTerminal.Render(profile, style).Select(line => $"{line}\n"))),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
