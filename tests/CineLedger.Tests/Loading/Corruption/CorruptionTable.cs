using System.Collections.Concurrent;
using System.Text;
using CineLedger.Tests.Loading.Corruption;

[assembly: AssemblyFixture(typeof(CorruptionTable))]

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Collects how each defect was kept out. <c>CINELEDGER_WRITE_CORRUPTION=PATH</c> writes the table as Markdown when the tests end.</summary>
public sealed class CorruptionTable : IDisposable
{
    private readonly ConcurrentDictionary<(string Defect, string Column), string> _cells = new();

    /// <summary>The file to write; null for none.</summary>
    public static string? File { get; } = Environment.GetEnvironmentVariable("CINELEDGER_WRITE_CORRUPTION") is { Length: > 0 } path ? path : null;

    internal void Add(Defect defect, string dataset, bool isFirst, LoadOutcome outcome) =>
        _cells[(defect.Name, GetColumn(dataset, isFirst))] = outcome.ToCell(defect) + (isFirst && !defect.IsEvident ? " (not evident)" : "");

    public void Dispose()
    {
        if (File is null || _cells.IsEmpty)
        {
            return;
        }

        var columns = _cells.Keys.Select(key => key.Column).Distinct().Order(StringComparer.Ordinal).ToList();
        var table = new StringBuilder($"| defect | {string.Join(" | ", columns)} |\n|---|{string.Concat(columns.Select(_ => "---|"))}\n");
        foreach (var defect in Defects.All.Where(defect => columns.Any(column => _cells.ContainsKey((defect.Name, column)))))
        {
            table.Append($"| {defect.Name} | {string.Join(" | ", columns.Select(column => _cells.GetValueOrDefault((defect.Name, column), "")))} |\n");
        }

        System.IO.File.WriteAllText(File, table.ToString());
    }

    private static string GetColumn(string dataset, bool isFirst) => $"{dataset}: {(isFirst ? "first load" : "over a ledger")}";
}
