using System.Globalization;
using CineLedger.Web.Errors;

namespace CineLedger.Web.Pushes;

/// <summary>The problems of rejected pushes, of which nothing has been written to the ledger.</summary>
internal static class PushProblems
{
    public static ProblemException KeyReused(string key) =>
        Problems.KeyReused($"{LedgerHeaders.IdempotencyKey}: '{key}' was already used with another body; a new push needs a new key.");

    public static ProblemException TooManyWaiting(long records) => Problems.RetryLater(
        string.Create(CultureInfo.InvariantCulture, $"{records:N0} records of other pushes are waiting. Nothing was written; send this push again later."), 2);

    public static ProblemException ShuttingDown() => Problems.RetryLater("this server is stopping. Nothing was written; send this push again, or to another server.", 5);

    public static ProblemException Busy(TimeSpan waited) => Problems.RetryLater(
        string.Create(
            CultureInfo.InvariantCulture, $"the ledger has been busy for {waited.TotalSeconds:0} seconds. Nothing was written; send this push again later."), 10);
}
