using System.CommandLine;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Sources.Archive;

namespace CineLedger.Cli;

/// <summary>Options for archiving originals and for loading from an archive: <c>--archive</c>, <c>--from-archive</c> and the choice of originals.</summary>
internal sealed class ArchiveOptions
{
    private readonly Option<string?> _archive = new("--archive")
    {
        Description = "Keep a copy of each original, as it was fetched, in this folder; identical originals are kept once.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _from = new("--from-archive")
    {
        Description = "Load the newest original in this archive instead of a SOURCE; --as-of, --original and --all select others.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _asOf = new("--as-of") { Description = "The newest original that was fetched before this time, in UTC, such as 2026-11-01 or 2026-11-01T06:00.", HelpName = "TIME" };

    private readonly Option<string?> _original = new("--original") { Description = "The original with this checksum; its first digits are enough.", HelpName = "SHA256" };

    private readonly Option<bool> _all = new("--all") { Description = "All originals, oldest first." };

    public IReadOnlyList<Option> All => [_archive, _from, _asOf, _original, _all];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Returns the folder that originals are archived in; null for no archive.</summary>
    public string? ReadArchive(ParseResult parsed) => parsed.GetValue(_archive) is not "" and var folder ? folder : throw new UsageException("--archive: name a folder.");

    /// <summary>Returns whether an archive is given as the source.</summary>
    public bool IsSource(ParseResult parsed) => parsed.GetValue(_from) is not null;

    /// <summary>Returns the archive to load from and the choice of originals; null when sources are given.</summary>
    public (string Folder, ArchiveSelection Choice)? ReadSource(ParseResult parsed, IReadOnlyCollection<string> sources)
    {
        var choice = new ArchiveSelection { AsOf = ParseTime(parsed.GetValue(_asOf)), Original = parsed.GetValue(_original), IncludesAll = parsed.GetValue(_all) };
        if (parsed.GetValue(_from) is not { } folder)
        {
            return choice != new ArchiveSelection() ? throw new UsageException("--as-of, --original and --all: name the archive with --from-archive DIR.")
                : sources.Count == 0 ? throw new UsageException("Required argument missing for command: 'load'. Give a SOURCE (- for standard input), or --from-archive DIR. See cineledger load --help.")
                : null;
        }

        if (sources.Count > 0 || parsed.GetValue(_archive) is not null)
        {
            throw new UsageException("--from-archive: cannot be combined with SOURCE or --archive; the archive is the source.");
        }

        return (folder, choice);
    }

    /// <summary>Parses a time; a date without a time means the end of that day.</summary>
    private static DateTime? ParseTime(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day.ToDateTime(TimeOnly.MaxValue, DateTimeKind.Utc);
        }

        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : throw new UsageException($"--as-of: '{text}' is not a time; use 2026-11-01 or 2026-11-01T06:00.");
    }
}
