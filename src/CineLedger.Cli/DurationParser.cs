using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Cli;

/// <summary>Parses durations in options: <c>500ms</c>, <c>2s</c>, <c>1.5s</c>, <c>5m</c>; a number without a unit is in seconds.</summary>
internal static class DurationParser
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)];

    /// <summary>Parses a duration. Throws <see cref="UsageException"/> when it is malformed or out of bounds.</summary>
    public static TimeSpan Parse(string option, string text, TimeSpan min, TimeSpan max)
    {
        var (unit, seconds) = Units.First(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        if (!double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number * seconds < min.TotalSeconds || number * seconds > max.TotalSeconds)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"{option}: '{text}' is not a duration from {min.TotalSeconds}s to {max.TotalSeconds}s; use a value such as 2s, 500ms or 1m."));
        }

        return TimeSpan.FromSeconds(number * seconds);
    }
}
