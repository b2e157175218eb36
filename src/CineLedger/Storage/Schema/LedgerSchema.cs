using System.Text.RegularExpressions;
using CineLedger.Storage.Postgres;

namespace CineLedger.Storage.Schema;

/// <summary>One table of the ledger.</summary>
/// <param name="Key">The columns of the primary key; empty if the table has none.</param>
/// <param name="Meaning">One line; empty if the script has no comment.</param>
public sealed record SchemaTable(string Name, IReadOnlyList<string> Key, string Meaning, IReadOnlyList<SchemaColumn> Columns);

/// <summary>One column of a table.</summary>
/// <param name="Type">The type in the scripts; an engine may have another name for it.</param>
public sealed record SchemaColumn(string Name, string Type, bool IsNullable, string Meaning);

/// <summary>
/// Reads the ledger's tables from the scripts that create them. A table's meaning is the comment above it, a column's the comment at the end of
/// its line.
/// </summary>
public static partial class LedgerSchema
{
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <param name="version">The schema version; null for the latest.</param>
    public static async Task<IReadOnlyList<SchemaTable>> ReadAsync(CancellationToken cancellationToken, int? version = null)
    {
        var tables = new List<SchemaTable>();
        foreach (var script in (await Migrations.ReadAllAsync(cancellationToken).ConfigureAwait(false)).Take(1 + (version ?? Migrations.Latest)))
        {
            Read(script, tables);
        }

        foreach (Match key in Key().Matches(PostgresSchema.Keys))
        {
            if (tables.FindIndex(table => table.Name == key.Groups["table"].Value) is >= 0 and var at)
            {
                tables[at] = tables[at] with { Key = key.Groups["columns"].Value.Split(", ") };
            }
        }

        return tables;
    }

    /// <summary>Adds a script's tables and the columns that it adds to existing tables.</summary>
    internal static void Read(string script, List<SchemaTable> tables)
    {
        var comment = "";
        List<SchemaColumn>? columns = null;
        foreach (var line in script.Split('\n'))
        {
            var (code, note) = Split(line);
            if (code.Length == 0)
            {
                comment = note.Length == 0 ? "" : $"{comment} {note}".Trim();
                continue;
            }

            if (Table().Match(code) is { Success: true } table)
            {
                columns = [];
                tables.Add(new SchemaTable(table.Groups["name"].Value, [], comment, columns));
                code = table.Groups["rest"].Value;
            }
            else if (Addition().Match(code) is { Success: true } added)
            {
                var older = tables.FindIndex(one => one.Name == added.Groups["table"].Value);
                tables[older] = tables[older] with { Columns = [.. tables[older].Columns, ReadColumn(added.Groups["column"].Value, note)] };
            }

            if (columns is not null)
            {
                var ends = code.EndsWith(");", StringComparison.Ordinal);
                var parts = Comma().Split(ends ? code[..^2] : code).Select(part => part.Trim()).Where(part => part.Length > 0).ToList();
                columns.AddRange(parts.Select((part, i) => ReadColumn(part, i == parts.Count - 1 ? note : "")));
                columns = ends ? null : columns;
            }

            comment = "";
        }
    }

    private static (string Code, string Note) Split(string line)
    {
        var at = line.IndexOf("--", StringComparison.Ordinal);
        return at < 0 ? (line.Trim(), "") : (line[..at].Trim(), line[(at + 2)..].Trim());
    }

    private static SchemaColumn ReadColumn(string text, string note)
    {
        var match = ColumnText().Match(text);
        return new(match.Groups["name"].Value, match.Groups["type"].Value, !text.Contains("NOT NULL", StringComparison.Ordinal), note);
    }

    [GeneratedRegex(@"^CREATE TABLE (?<name>\w+) \((?<rest>.*)$")]
    private static partial Regex Table();

    [GeneratedRegex(@"^ALTER TABLE (?<table>\w+) ADD COLUMN (?<column>[^;]+);?$")]
    private static partial Regex Addition();

    [GeneratedRegex(@"^(?<name>\w+)\s+(?<type>[A-Z]+(\([\d, ]+\))?)")]
    private static partial Regex ColumnText();

    /// <summary>Matches commas outside parentheses: not the one in <c>DECIMAL(18, 6)</c>.</summary>
    [GeneratedRegex(@",(?![^()]*\))")]
    private static partial Regex Comma();

    [GeneratedRegex(@"ALTER TABLE (?<table>\w+) ADD (CONSTRAINT \w+ )?PRIMARY KEY \((?<columns>[^)]*)\)")]
    private static partial Regex Key();
}
