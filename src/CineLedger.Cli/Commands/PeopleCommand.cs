using System.CommandLine;
using CineLedger.Reports.Search;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger people [TEXT]</c>: finds people by name.</summary>
internal static class PeopleCommand
{
    public static Command Create()
    {
        var command = NameSearchCommand.Create(
            "people", "Find people by name: their movies, first and last year, and how many movies they have in each role.", NameSearch.PersonColumns, NameSearch.ReadPeopleAsync);
        command.AddExamples("people hanks", "people john lasseter --format json", "people --limit 20");
        return command;
    }
}
