using System.CommandLine;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Sources.Archive;

namespace CineLedger.Cli;

/// <summary>What an archive keeps, and what is loaded from it: <c>--archive</c>, <c>--from-archive</c> and which of its originals.</summary>
internal sealed class ArchiveOptions
{
    private readonly Option<string?> _archive = new("--archive") { Description = "Keep each original as it was fetched in this folder, once.", HelpName = "DIR" };

    private readonly Option<string?> _from = new("--from-archive")
    {
        Description = "Load again what an archive keeps, in place of SOURCE: the newest original, unless one of the next three says otherwise.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _asOf = new("--as-of") { Description = "The newest original fetched by then, UTC: 2026-11-01 or 2026-11-01T06:00.", HelpName = "TIME" };

    private readonly Option<string?> _original = new("--original") { Description = "The original of this checksum, or of its first digits.", HelpName = "SHA256" };

    private readonly Option<bool> _all = new("--all") { Description = "All originals, the oldest first." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_archive, _from, _asOf, _original, _all])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The folder to keep originals in; null for none.</summary>
    public string? ReadArchive(ParseResult parsed) => parsed.GetValue(_archive) is not "" and var folder ? folder : throw new UsageException("--archive: name a folder.");

    /// <summary>The archive to load from and which of its originals; null where sources are given.</summary>
    public (string Folder, ArchiveChoice Choice)? ReadSource(ParseResult parsed, IReadOnlyCollection<string> sources)
    {
        var choice = new ArchiveChoice { AsOf = ParseTime(parsed.GetValue(_asOf)), Original = parsed.GetValue(_original), IncludesAll = parsed.GetValue(_all) };
        if (parsed.GetValue(_from) is not { } folder)
        {
            return choice != new ArchiveChoice() ? throw new UsageException("--as-of, --original and --all: say of which archive, with --from-archive DIR.")
                : sources.Count == 0 ? throw new UsageException("Required argument missing for command: 'load'. Give a SOURCE, or --from-archive DIR. See cineledger load --help.")
                : null;
        }

        if (sources.Count > 0 || parsed.GetValue(_archive) is not null)
        {
            throw new UsageException("--from-archive: give no SOURCE and no --archive beside it; what it keeps is the source.");
        }

        return (folder, choice);
    }

    /// <summary>A day stands for all of it.</summary>
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
            ? time : throw new UsageException($"--as-of: '{text}' is no time; write 2026-11-01 or 2026-11-01T06:00.");
    }
}
