// Does the job with one hand-written SQL script: HandSql ZIP DATABASE REPORTS
// Only unpacking is done outside SQL, because DuckDB does not read zip entries.
using System.IO.Compression;
using DuckDB.NET.Data;

if (args is not [var zip, var database, var reports])
{
    Console.Error.WriteLine("usage: HandSql ZIP DATABASE REPORTS");
    return 2;
}

var scratch = Directory.CreateTempSubdirectory("handsql-");
try
{
    var source = Path.Combine(scratch.FullName, "movies_metadata.csv");

    // Unpacking and opening the database are independent of each other.
    var unpacking = Task.Run(() => Unpack(zip, source));
    Directory.CreateDirectory(reports);
    using var connection = new DuckDBConnection($"DataSource={database}");
    connection.Open();
    Run(connection, $"SET VARIABLE source = {Quote(source)}; SET VARIABLE reports = {Quote(reports)};");
    unpacking.GetAwaiter().GetResult();

    using var script = new StreamReader(typeof(Program).Assembly.GetManifestResourceStream("load-and-report.sql")!);
    Run(connection, script.ReadToEnd());
}
finally
{
    scratch.Delete(recursive: true);
}

return 0;

static void Unpack(string zip, string target)
{
    using var archive = ZipFile.OpenRead(zip);
    archive.Entries.First(entry => entry.Name == "movies_metadata.csv").ExtractToFile(target);
}

static void Run(DuckDBConnection connection, string sql)
{
    using var command = connection.CreateCommand();
    command.CommandText = sql;
    command.ExecuteNonQuery();
}

static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
