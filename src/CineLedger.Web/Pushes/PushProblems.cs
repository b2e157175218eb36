using System.Globalization;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Pushes;

/// <summary>What keeps a push from being taken. Nothing of it is in the ledger then.</summary>
internal static class PushProblems
{
    public static ProblemException KeyReused(string key) =>
        Problems.KeyReused($"{LedgerHeaders.IdempotencyKey}: '{key}' came with another body before; a new push needs a new key.");

    public static ProblemException TooManyWaiting(long records) => Problems.RetryLater(
        string.Create(CultureInfo.InvariantCulture, $"{records:N0} records of pushes wait to be written already: nothing of this one was taken, send it again."), 2);

    public static ProblemException ShuttingDown() => Problems.RetryLater("this server is ending: nothing of this push was taken, send it to another, or again.", 5);

    public static ProblemException Busy(TimeSpan waited) => Problems.RetryLater(
        string.Create(CultureInfo.InvariantCulture, $"the ledger is being loaded, and has been for {waited.TotalSeconds:0} seconds: nothing of this push was taken, send it again."), 10);
}
