using System.Globalization;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Release dates that are moved, or written in a misleading way.</summary>
internal static class DateDefects
{
    public static IEnumerable<Defect> All =>
    [
        // More than half of the dates are impossible.
        Create("day and month swapped", date => $"{date:yyyy-dd-MM}") with { IsEvident = true },
        Create("day and month swapped where possible", date => date.Day <= 12 ? $"{date:yyyy-dd-MM}" : $"{date:yyyy-MM-dd}"),
        Create("years plus one", date => $"{date.AddYears(1):yyyy-MM-dd}"),
        Create("years plus a hundred", date => $"{date.AddYears(100):yyyy-MM-dd}") with { IsEvident = true },
        Create("years of a decade plus one", date => date.Year is >= 1990 and < 2000 ? $"{date.AddYears(1):yyyy-MM-dd}" : $"{date:yyyy-MM-dd}"),
        Create("months plus one", date => $"{date.AddMonths(1):yyyy-MM-dd}"),
        Create("days minus one", date => $"{date.AddDays(-1):yyyy-MM-dd}"),

        // Some suppliers know only the year.
        Create("all dates 1 January", date => $"{date:yyyy}-01-01"),
        Create("year only", date => $"{date:yyyy}"),
        Create("all dates today", _ => "2017-11-01") with { IsEvident = true },

        // These are not dates, or have a century that must not be guessed.
        Create("seconds since 1970", date => FormattableString.Invariant($"{new DateTimeOffset(date, TimeSpan.Zero).ToUnixTimeSeconds()}")) with { IsEvident = true },
        Create("spreadsheet day numbers", date => FormattableString.Invariant($"{(date - new DateTime(1899, 12, 30)).Days}")) with { IsEvident = true },
        Create("two-digit years", date => $"{date:MM/dd/yy}") with { IsEvident = true },
        Create("dates cut after the month", date => $"{date:yyyy-MM}-") with { IsEvident = true },
        Create("a third of the dates invalid", date => date.Day % 3 == 0 ? "soon" : $"{date:yyyy-MM-dd}") with { IsEvident = true },
    ];

    private static Defect Create(string name, Func<DateTime, string> write) => new(name, "release_date")
    {
        Rows = (table, _) => table.Change(
            "release_date",
            text => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? write(date) : text),
    };
}
