using CineLedger.Tests.Support;

namespace CineLedger.Tests.RealData;

/// <summary>Finds the studio of a company on a day in a list of studios without the library, line by line for each question.</summary>
internal sealed class IndependentStudios
{
    private readonly List<(string Studio, string Company, string From, string To)> _lines;

    public IndependentStudios(string text) =>
        _lines = [.. CsvText.Read(text).Skip(1).Where(row => row.Length == 5).Select(row => (row[0], row[1], Pad(row[2], "-01"), Pad(row[3], "-31")))];

    /// <summary>The bundled list, from its file.</summary>
    public static IndependentStudios ReadBundled() => new(File.ReadAllText(Repository.GetPath("data", "studios.csv")));

    /// <summary>Returns the studios of a movie on a day, each once.</summary>
    public IReadOnlyList<string> GetStudios(IEnumerable<string> companies, string day) =>
        [.. companies.Select(company => GetStudio(company, day)).OfType<string>().Distinct()];

    private string? GetStudio(string company, string day)
    {
        var studio = Find(company, day, _ => true);
        if (_lines.Exists(line => IsSame(line.Studio, company)))
        {
            // A company with a studio's name belongs to it from the first to the last day of its lines.
            var lines = _lines.Where(line => IsSame(line.Company, company)).ToList();
            var isOpen = !lines.Exists(line => IsSame(line.Studio, company));
            var hasStarted = string.CompareOrdinal(lines.Min(line => line.From), day) <= 0;
            var hasEnded = lines.TrueForAll(line => line.To.Length > 0) && string.CompareOrdinal(day, lines.Max(line => line.To)) > 0;
            studio = isOpen || (hasStarted && !hasEnded) ? company : null;
        }

        if (studio is null || IsSame(studio, "independent"))
        {
            return null;
        }

        while (Find(studio, day, owner => !IsSame(owner, studio)) is { } owner && !IsSame(owner, "independent"))
        {
            studio = owner;
        }

        return _lines.First(own => IsSame(own.Studio, studio)).Studio;
    }

    /// <summary>Returns the studio of the latest line about a company that holds on a day.</summary>
    private string? Find(string company, string day, Func<string, bool> accepts) =>
        _lines.Where(line => IsSame(line.Company, company) && accepts(line.Studio)
                && (line.From.Length == 0 || string.CompareOrdinal(line.From, day) <= 0) && (line.To.Length == 0 || string.CompareOrdinal(day, line.To) <= 0))
            .OrderByDescending(line => line.From, StringComparer.Ordinal).Select(line => line.Studio).FirstOrDefault();

    private static string Pad(string date, string end) => date.Length switch { 4 => $"{date}-{(end == "-01" ? "01" : "12")}{end}", 7 => date + end, _ => date };

    private static bool IsSame(string one, string other) => string.Equals(one.TrimEnd('.'), other.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);
}
