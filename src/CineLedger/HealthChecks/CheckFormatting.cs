using System.Globalization;
using CineLedger.Model;

namespace CineLedger.HealthChecks;

/// <summary>Formats numbers and messages of checks.</summary>
internal static class CheckFormatting
{
    /// <summary>The clocks of two machines may differ by this much.</summary>
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(1);

    public static string ToOneLine(string message) => message.Split('\n')[0].Trim().TrimEnd('.');

    public static string FormatSize(long bytes) => bytes switch
    {
        >= 10L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0} GB"),
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MB"),
    };

    public static string FormatDuration(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} hours"),
        { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
    };

    /// <summary>Checks the age of the newest snapshot.</summary>
    public static CheckResult CheckAge(Snapshot? newest, TimeSpan maxAge)
    {
        if (newest is null)
        {
            return CheckResult.Warning("snapshot", "none has been published", "load a dataset: cineledger load SOURCE");
        }

        var age = DateTime.UtcNow - newest.PublishedAt;
        if (age < -MaxSkew)
        {
            return CheckResult.Warning(
                "snapshot",
                FormattableString.Invariant($"{newest.Id}, published {FormatDuration(-age)} in the future, at {newest.PublishedAt:yyyy-MM-dd HH:mm} UTC"),
                "check the clock of this machine and of the one that loaded it: the ages of snapshots are wrong");
        }

        var found = FormattableString.Invariant($"{newest.Id} with {newest.Movies:N0} movies, published {FormatDuration(age)} ago");
        return age <= maxAge
            ? CheckResult.Healthy("snapshot", found)
            : CheckResult.Warning("snapshot", found, $"older than {FormatDuration(maxAge)}: check whether loads still run (an unchanged source creates no snapshot)");
    }

    public static CheckResult CheckSchema(int version, int latest) => version == latest
        ? CheckResult.Healthy("schema", FormattableString.Invariant($"version {version}, the current one"))
        : CheckResult.Warning(
            "schema",
            FormattableString.Invariant($"version {version}, but this program uses {latest}"),
            "upgrade it: run cineledger init as the tables' owner; otherwise the next load upgrades it");
}
