using CineLedger.Model;

namespace CineLedger.Storage.Writing;

/// <summary>Writes the findings of a snapshot.</summary>
internal sealed class FindingWriter(BulkWriter findings, int snapshotId) : IDisposable
{
    public void Add(Finding finding)
    {
        findings.Add(snapshotId);
        findings.Add(FindingKindNames.GetName(finding.Kind));
        findings.Add(finding.Rule);
        findings.Add(finding.File);
        findings.Add(finding.Line);
        findings.Add(finding.MovieId);
        findings.Add(finding.Field);
        findings.Add(finding.Value);
        findings.Add(finding.Occurrences);
        findings.EndRow();
    }

    public ValueTask FlushIfFullAsync(CancellationToken cancellationToken) => findings.FlushIfFullAsync(cancellationToken);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => findings.FlushAsync(cancellationToken);

    public void Dispose() => findings.Dispose();
}
