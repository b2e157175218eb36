using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>Writes times of ownership.</summary>
internal static class OwnershipText
{
    /// <summary>Returns <c>since 2006</c>, <c>until 1993</c>, <c>1993–2010</c>, or <c>throughout</c> for a time without known ends.</summary>
    public static string FormatYears(DateOnly first, DateOnly last) => Format(first, last, "yyyy", "–");

    /// <summary>Returns <c>since 5 May 2006</c> and so on.</summary>
    public static string FormatDays(DateOnly first, DateOnly last) => Format(first, last, "d MMM yyyy", " to ");

    private static string Format(DateOnly first, DateOnly last, string format, string to)
    {
        var (from, until) = (first.ToString(format, CultureInfo.InvariantCulture), last.ToString(format, CultureInfo.InvariantCulture));
        return (first == PartialDate.Earliest, last == PartialDate.Latest) switch
        {
            (true, true) => "throughout",
            (false, true) => $"since {from}",
            (true, false) => $"until {until}",
            _ => from == until ? from : from + to + until,
        };
    }
}
