using System.Globalization;
using System.Text.RegularExpressions;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>
/// Values and files in another notation, which a spreadsheet or an export leaves behind. Each is evident: the movies must be the same, or the load must stop. Known
/// values must not become unknown.
/// </summary>
internal static partial class NotationDefects
{
    private static readonly string[] Amounts = ["budget", "revenue"];

    public static IEnumerable<Defect> All => from defect in Notations select defect with { IsEvident = true };

    private static IEnumerable<Defect> Notations =>
    [
        Change("amounts with thousands separators", Amounts, text => Format(text, "#,0")),
        Change("amounts with points as separators", Amounts, text => Format(text, "#,0").Replace(',', '.')),
        Change("amounts with a dollar sign", Amounts, text => Format(text, "$#,0.00")),
        Change("amounts in scientific notation", Amounts, text => Format(text, "0.##E+0")),
        Change("amounts with a fraction", Amounts, text => Format(text, "0.0")),
        Change("amounts in words", Amounts, text => NumberDefects.TryRead(text, out var dollars) && dollars > 0 ? $"{dollars / 1_000_000m} million" : text),
        Change("amounts with a unit", Amounts, text => text == "0" ? text : text + " USD"),
        Change("popularity with a decimal comma", ["popularity"], text => text.Replace('.', ',')),
        new("popularity with an unquoted decimal comma")
        {
            Rows = (table, _) =>
            {
                table.Change("popularity", text => text.Replace('.', ','));
                table.UnquotedColumns.Add("popularity");
            },
        },
        Change("vote averages out of ten", ["vote_average"], text => text + "/10"),
        Change("runtime as text", ["runtime"], text => NumberDefects.TryRead(text, out var minutes) && minutes > 0 ? $"{(int)minutes / 60}h {(int)minutes % 60}min" : text),
        Change("booleans as 0 and 1", ["adult", "video"], text => text switch { "True" => "1", "False" => "0", _ => text }),
        Change("ids as floats", ["id"], text => text + ".0"),
        Change("dates with a time", ["release_date"], text => text.Length == 10 ? text + " 00:00:00" : text),
        Change("dates in American order", ["release_date"], text => Date().Replace(text, "${month}/${day}/${year}")),
        Change("dates in European order", ["release_date"], text => Date().Replace(text, "${day}.${month}.${year}")),
        Change("lists as JSON", ["genres", "production_companies", "production_countries", "spoken_languages"], list => list.Contains('"', StringComparison.Ordinal) || list.Contains('\\', StringComparison.Ordinal) ? list : list.Replace('\'', '"')),
        Change("unknown values as NULL", [], text => text is "" or "[]" ? "NULL" : text),
        Change("unknown amounts as -1", Amounts, text => text == "0" ? "-1" : text),
        new("separated by semicolons") { Records = (records, _) => Separate(records, ';') },
        new("separated by tabs") { Records = (records, _) => Separate(records, '\t') },
        new("quotes escaped by backslashes") { Records = (records, _) => Replace(records, EscapeByBackslashes) },
        new("two empty columns at the end") { Records = (records, _) => Replace(records, record => record + ",,") },
        new("blanks after the delimiters") { Rows = (table, _) => AddBlanks(table) },
    ];

    /// <summary>Writes a record, or the rows into which it is split, as MySQL and Spark do.</summary>
    private static string EscapeByBackslashes(string record) => string.Join('\n', CsvText.Read(record + "\n").Select(row => string.Join(',', row.Select(
        field => field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : field))));

    private static Defect Change(string name, string[] columns, Func<string, string> change) => new(name, columns)
    {
        Rows = (table, _) =>
        {
            foreach (var column in columns.Length == 0 ? table.Columns : [.. columns])
            {
                table.Change(column, change);
            }
        },
    };

    private static string Format(string text, string format) =>
        NumberDefects.TryRead(text, out var amount) && amount > 0 ? amount.ToString(format, CultureInfo.InvariantCulture) : text;

    private static void Replace(List<string> records, Func<string, string> change)
    {
        for (var at = 0; at < records.Count; at++)
        {
            records[at] = change(records[at]);
        }
    }

    private static void Separate(List<string> records, char delimiter)
    {
        for (var at = 0; at < records.Count; at++)
        {
            var fields = CsvText.Read(records[at] + "\n")[0];
            records[at] = string.Join(delimiter, fields.Select(field => field.Contains(delimiter, StringComparison.Ordinal) ? CsvText.Quote(field) : CsvText.Escape(field)));
        }
    }

    private static void AddBlanks(MovieTable table)
    {
        foreach (var column in table.Columns)
        {
            table.Change(column, text => text.Length > 0 ? " " + text : text);
        }
    }

    [GeneratedRegex(@"^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)$")]
    private static partial Regex Date();
}
