using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Keys;
using CineLedger.Storage.Postgres;

namespace CineLedger.HealthChecks;

/// <summary>Checks an installation part by part. It changes nothing, and a failing part does not prevent the checks of the others.</summary>
public static class Doctor
{
    public static async Task<IReadOnlyList<CheckResult>> RunAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        List<CheckResult> results = [.. MachineChecks.Run(), .. LeftoverChecks.CheckTemporaryFolder()];
        results.AddRange(await (StoreEngine.Get(request.Store) switch
        {
            PostgresEngine => PostgresChecks.RunAsync(request, cancellationToken),
            DuckDbEngine => DuckDbChecks.RunAsync(request, cancellationToken),
            var engine => throw new NotSupportedException($"there are no checks for {engine.GetType().Name}"),
        }).ConfigureAwait(false));

        results.Add(await CheckKeysAsync(request.Store, cancellationToken).ConfigureAwait(false));
        foreach (var broker in (request.Brokers ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            results.Add(await BrokerCheck.RunAsync(broker, cancellationToken).ConfigureAwait(false));
        }

        return results;
    }

    private static async Task<CheckResult> CheckKeysAsync(string store, CancellationToken cancellationToken)
    {
        IReadOnlyList<AccessKey> keys;
        try
        {
            keys = await StoreEngine.Get(store).CreateKeyStore(store).ListAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is LedgerException or System.Data.Common.DbException or IOException or UnauthorizedAccessException)
        {
            return CheckResult.Unhealthy(
                "keys",
                $"cannot be read: {CheckFormatting.ToOneLine(error.Message)}",
                "allow this role or user to read them; until then, servers accept no keys");
        }

        var now = DateTime.UtcNow;
        var active = keys.Count(key => key.IsValid(now));
        var administrators = keys.Count(key => key.IsValid(now) && key.IsAdministrator);
        var found = active == 0 ? "there are no keys" : FormattableString.Invariant($"{active} active, {administrators} of them for administrators");
        return administrators > 0
            ? CheckResult.Healthy("keys", found)
            : CheckResult.Warning("keys", found, "loads and webhooks over HTTP need an administrator's key: cineledger keys create NAME --administrator");
    }
}
