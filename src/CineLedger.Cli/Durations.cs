using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Cli;

/// <summary>Lengths of time as options take them: <c>500ms</c>, <c>2s</c>, <c>1.5s</c>, <c>5m</c>; a number alone is seconds.</summary>
internal static class Durations
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)];

    /// <summary>Throws <see cref="UsageException"/> for anything else, and beyond the bounds.</summary>
    public static TimeSpan Read(string option, string text, TimeSpan least, TimeSpan most)
    {
        var (unit, seconds) = Units.First(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        if (!double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number * seconds < least.TotalSeconds || number * seconds > most.TotalSeconds)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"{option}: '{text}' is no time from {least.TotalSeconds}s to {most.TotalSeconds}s; write 2s, 500ms or 1m."));
        }

        return TimeSpan.FromSeconds(number * seconds);
    }
}
