using System.Globalization;
using CineLedger.Reports;

namespace CineLedger.Web.Dashboard.People;

/// <summary>The table of all credits of a person, of any job and any year.</summary>
internal static class CreditFigure
{
    /// <summary>Reads the credits of the people with a name.</summary>
    public static Task<IReadOnlyList<PersonCredit>> ReadAsync(PageRequest request, string name, CancellationToken cancellationToken) => request.Ledger.ReadAsync(
        $"credits of {name}", (connection, cancel) => PersonCredit.ReadAsync(connection, name, request.Snapshot.Id, cancel), cancellationToken);

    public static FigureView Create(PageState state, IReadOnlyList<PersonCredit> credits)
    {
        // A column of IDs only if it tells people apart.
        var people = credits.Select(credit => credit.SourceId).Distinct().Count();
        var table = new TableView(
            "Credits",
            [new("Movie"), new("Year"), new("Role"), .. people > 1 ? [new TableViewColumn("TMDB ID")] : Array.Empty<TableViewColumn>()],
            [.. credits.Select(credit => new TableViewRow([.. CreateCells(credit)]))]);
        return new("credits", "Credits", table)
        {
            Notes =
            [
                "All jobs, in all years.",
                people > 1 ? $"{people} people have this name; the figures above count them together." : null,
            ],
        };

        IEnumerable<TableViewCell> CreateCells(PersonCredit credit)
        {
            yield return new(credit.Title ?? string.Create(CultureInfo.InvariantCulture, $"Movie {credit.MovieId}"))
            {
                Link = state.GetLink(string.Create(CultureInfo.InvariantCulture, $"/movies/{credit.MovieId}")),
            };
            yield return new(NumberFormat.FormatPlain(credit.Year));
            yield return new(credit.IsCast ? credit.Role is { } character ? $"Actor: {character}" : "Actor" : credit.Role);
            if (people > 1)
            {
                yield return new(NumberFormat.FormatPlain(credit.SourceId));
            }
        }
    }
}
