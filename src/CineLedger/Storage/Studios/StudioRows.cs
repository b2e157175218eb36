using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Studios;

/// <summary>The tables of studios: the lines of the list, and the studio of each company by day.</summary>
public static class StudioRows
{
    private static readonly VersionedTable<StudioLine> Lines = new(
        "studio_line",
        "studio = $2 AND company = $3 AND COALESCE(owned_from, '') = $4 AND COALESCE(owned_to, '') = $5 AND source = $6",
        line => [line.Studio, line.Company, line.From ?? "", line.To ?? "", line.Source],
        (writer, line) =>
        {
            writer.Add(line.Studio);
            writer.Add(line.Company);
            writer.Add(line.From);
            writer.Add(line.To);
            writer.Add(line.Source);
        });

    private static readonly VersionedTable<CompanyStudio> Companies = new(
        "company_studio",
        "company_id = $2 AND studio_id = $3 AND owned_from = CAST($4 AS DATE) AND owned_to = CAST($5 AS DATE)",

        // As texts: Npgsql sends the first and the last day of the calendar as infinite dates.
        row => [row.CompanyId, row.StudioId, FormatDay(row.First), FormatDay(row.Last)],
        (writer, row) =>
        {
            writer.Add(row.CompanyId);
            writer.Add(row.StudioId);
            writer.Add(row.First);
            writer.Add(row.Last);
        });

    /// <summary>The versioned tables.</summary>
    internal static IReadOnlyList<string> Tables { get; } = [Lines.Name, Companies.Name];

    /// <summary>Builds a query of the lines of a snapshot, sorted by studio, company and time. Equal lists give equal rows.</summary>
    /// <param name="snapshot">An SQL expression for the snapshot's number.</param>
    internal static string BuildLineQuery(string snapshot) =>
        $"""
        SELECT studio, company, owned_from, owned_to, source FROM studio_line WHERE {AsOf.Build("", snapshot)}
        ORDER BY studio, company, owned_from NULLS FIRST, owned_to NULLS LAST, source
        """;

    /// <summary>Returns the lines of a snapshot, sorted by studio, company and time; empty if the ledger is older than studios.</summary>
    public static async Task<IReadOnlyList<StudioLine>> ReadLinesAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        await Migrations.HasStudiosAsync(connection, cancellationToken).ConfigureAwait(false)
            ? await connection.QueryAsync(
                BuildLineQuery("$1"),
                row => new StudioLine(row.GetString(0), row.GetString(1), row.GetText(2), row.GetText(3), row.GetString(4)),
                cancellationToken,
                snapshotId).ConfigureAwait(false)
            : [];

    /// <summary>Counts the lines of a snapshot, the companies that belong to a studio at some time, and the studios that have such a company.</summary>
    internal static async Task<(int Lines, int Companies, int Studios)> CountAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken)
    {
        if (!await Migrations.HasStudiosAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            return default;
        }

        var rows = await connection.QueryAsync(
            $"""
            SELECT COUNT(DISTINCT company_id), COUNT(DISTINCT studio_id), (SELECT COUNT(*) FROM studio_line WHERE {AsOf.Build("")})
            FROM company_studio WHERE studio_id > 0 AND {AsOf.Build("")}
            """,
            row => ((int)row.GetInt64(2), (int)row.GetInt64(0), (int)row.GetInt64(1)), cancellationToken, snapshotId).ConfigureAwait(false);
        return rows[0];
    }

    /// <summary>
    /// Updates the studios in the transaction that publishes a snapshot: replaces the lines, if there are new ones, and assigns the companies to studios if lines or
    /// companies are new.
    /// </summary>
    /// <param name="ledger">Open for writing.</param>
    /// <param name="lines">A valid list; null to keep the ledger's.</param>
    /// <param name="snapshotId">The snapshot to be published.</param>
    /// <param name="hasNewCompanies">Whether the snapshot may name companies that the previous one did not have.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static async Task UpdateAsync(Ledger ledger, IReadOnlyList<StudioLine>? lines, int snapshotId, bool hasNewCompanies, CancellationToken cancellationToken)
    {
        if (lines is null && !hasNewCompanies)
        {
            return;
        }

        var known = await ReadLinesAsync(ledger.Connection, snapshotId, cancellationToken).ConfigureAwait(false);
        if (lines is not null)
        {
            await Lines.ReplaceAsync(ledger, known.ToHashSet(), lines.ToHashSet(), snapshotId, cancellationToken).ConfigureAwait(false);
        }

        if ((lines ?? known).Count > 0 || known.Count > 0)
        {
            await AssignAsync(ledger, lines ?? known, snapshotId, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Restores the studios of snapshot <paramref name="target"/> in the transaction that publishes a revert.</summary>
    internal static async Task RevertAsync(Ledger ledger, int target, int snapshotId, CancellationToken cancellationToken) =>
        await UpdateAsync(
            ledger, await ReadLinesAsync(ledger.Connection, target, cancellationToken).ConfigureAwait(false), snapshotId, hasNewCompanies: true, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Computes the studio of each company in the ledger by day, and writes what differs.</summary>
    private static async Task AssignAsync(Ledger ledger, IReadOnlyList<StudioLine> lines, int snapshotId, CancellationToken cancellationToken)
    {
        var connection = ledger.Connection;
        var ids = await CompanyReferences.ReadListedAsync(connection, lines, cancellationToken).ConfigureAwait(false);
        var studios = new Dictionary<string, int>();
        await connection.ReadEachAsync("SELECT studio_id, name FROM studio", row => studios[row.GetString(1)] = row.GetInt32(0), cancellationToken).ConfigureAwait(false);
        var next = studios.Values.DefaultIfEmpty(0).Max();
        var current = new HashSet<CompanyStudio>();
        await connection.ReadEachAsync(
            "SELECT company_id, studio_id, owned_from, owned_to FROM company_studio WHERE until IS NULL",
            row => current.Add(new(row.GetInt32(0), row.GetInt32(1), row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3))),
            cancellationToken).ConfigureAwait(false);

        var assigned = new HashSet<CompanyStudio>();
        using (var names = ledger.OpenWriter(connection, "studio"))
        {
            foreach (var (company, owned) in ids.Assign(CompanyOwnership.Resolve(lines)))
            {
                var studio = 0;
                if (owned.Studio is { } name && !studios.TryGetValue(name, out studio))
                {
                    studios[name] = studio = ++next;
                    names.Add(studio);
                    names.Add(name);
                    names.EndRow();
                }

                assigned.Add(new(company, studio, owned.First, owned.Last));
            }

            await names.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        await Companies.ReplaceAsync(ledger, current, assigned, snapshotId, cancellationToken).ConfigureAwait(false);
    }

    private static string FormatDay(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A row of <c>company_studio</c>.</summary>
    private sealed record CompanyStudio(int CompanyId, int StudioId, DateOnly First, DateOnly Last);
}
