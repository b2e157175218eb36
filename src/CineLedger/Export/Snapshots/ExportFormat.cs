using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Export.Snapshots;

/// <summary>A form in which a whole snapshot can be written. To add one, write a <see cref="TableWriter"/> and add an entry to <see cref="All"/>.</summary>
public sealed class ExportFormat
{
    private readonly Func<string, DbConnection, TableWriter> _createWriter;

    private ExportFormat(string name, IReadOnlyList<string> extensions, bool isFolder, Func<string, DbConnection, TableWriter> createWriter) =>
        (Name, Extensions, IsFolder, _createWriter) = (name, extensions, isFolder, createWriter);

    /// <summary>All formats. The first one is the default of a path without an extension.</summary>
    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        new("parquet", [".parquet"], isFolder: true, (path, ledger) => new ParquetTables(path, ledger)),
        new("duckdb", [".duckdb"], isFolder: false, (path, ledger) => new DuckDbTables(path, ledger)),
        new("sqlite", [".sqlite", ".sqlite3", ".db"], isFolder: false, (path, ledger) => new SqliteTables(path, ledger)),
        new("csv", [".csv"], isFolder: true, (path, ledger) => new CsvTables(path, ledger)),
    ];

    public string Name { get; }

    /// <summary>Gets the extensions of its files, with the dot.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <summary>Gets whether it is a folder with a file for each table, instead of a single file.</summary>
    public bool IsFolder { get; }

    /// <summary>Returns the named format, or without a name the one of the path's extension. Throws <see cref="UsageException"/> when they do not fit.</summary>
    public static ExportFormat Choose(string path, string? name)
    {
        var extension = Path.GetExtension(path.TrimEnd('/', Path.DirectorySeparatorChar));
        var byExtension = All.FirstOrDefault(format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
        if (byExtension is { IsFolder: true })
        {
            throw new UsageException(
                $"--to: an export in {byExtension.Name} has a file for each table: name a folder; cineledger report and query write one table with --output {path}.");
        }

        var format = name is null ? byExtension ?? All[0] : All.First(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return byExtension is null || byExtension == format
            ? format
            : throw new UsageException($"--format {format.Name} does not fit --to {path}, which is named like a file of {byExtension.Name}: omit --format, or name another path.");
    }

    /// <param name="path">Where to write; nothing is there, or an empty folder.</param>
    /// <param name="ledger">The ledger's connection.</param>
    internal TableWriter CreateWriter(string path, DbConnection ledger) => _createWriter(path, ledger);
}
