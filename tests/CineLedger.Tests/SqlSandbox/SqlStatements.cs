namespace CineLedger.Tests.SqlSandbox;

/// <summary>Statements that both engines must run or refuse.</summary>
public static class SqlStatements
{
    /// <summary>Statements, each with its result as of the newest snapshot: CSV lines separated by semicolons.</summary>
    public static TheoryData<string, string> Good => new()
    {
        { "SELECT title FROM movies ORDER BY title", "Casino;Heat!" },
        { "SELECT COUNT(*) FROM movie", "4" },
        { "SELECT year, COUNT(*), SUM(budget) FROM movies GROUP BY year", "1995,2,100001" },
        { "SELECT title, company FROM movies JOIN movie_companies USING (movie_id) ORDER BY 1, position", "Casino,Casino Movies;Casino,Both;Heat!,Heat! Movies;Heat!,Both" },
        { "WITH m AS (SELECT * FROM movies) SELECT COUNT(*) FROM m", "2" },
        { "WITH movies AS (SELECT 'mine' AS title) SELECT title FROM movies", "mine" },
        { "WITH movie AS (SELECT 'mine' AS title) SELECT title FROM movies ORDER BY 1", "Casino;Heat!" },
        { "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT SUM(n), (SELECT COUNT(*) FROM movies) FROM r", "15,2" },
        { "SELECT title, ROW_NUMBER() OVER (ORDER BY title DESC) FROM movies ORDER BY 2", "Heat!,1;Casino,2" },
        { "(SELECT title FROM movies WHERE movie_id = 1) UNION ALL (SELECT 'x')", "Heat!;x" },
        { "VALUES (1, 'a;b'), (2, 'c''d')", "1,a;b;2,c'd" },
        { "SELECT 1;", "1" },
        { " ;; -- first\nSELECT /* a; /* b */ */ 1; -- last;\n ;", "1" },
        { "SELECT 'DROP TABLE movie; --'", "DROP TABLE movie; --" },
        { "SELECT $x$ DELETE; $$ $x$ || $$it's$$", " DELETE; $$ it's" },
        { "SELECT '日本 🎬' AS \"Ünï; \"\"cödé\"\"\"", "日本 🎬" },
        { "SELECT 1 AS a, 2 AS a, 3 AS \"A\"", "1,2,3" },
        { "SELECT title FROM movies WHERE 1 = 0", "" },
        { "SELECT CAST(NULL AS INTEGER), CAST('NaN' AS DOUBLE PRECISION), CAST('-Infinity' AS DOUBLE PRECISION)", ",NaN,-Infinity" },
        { "SELECT 170141183460469231731687303715884105727 - 1, CAST(1.50 AS DECIMAL(18, 6)), 1 = 1", "170141183460469231731687303715884105726,1.500000,true" },
        { "SELECT DATE '1995-12-15', TIMESTAMP '1995-12-15 10:20:30.5', TIME '10:20:30', INTERVAL '1' DAY", "1995-12-15,1995-12-15T10:20:30.500Z,10:20:30,1 day" },
        { "SELECT CAST('00000000-0000-0000-0000-00000000000a' AS UUID), CAST('infinity' AS DATE)", "00000000-0000-0000-0000-00000000000a,infinity" },
        { "SELECT CAST(0.1 AS REAL), 1e300, CAST(1 AS SMALLINT)", $"0.1,1{new string('0', 300)},1" },
    };

    /// <summary>Statements that both engines must refuse: they write, change settings, read files, or are not a single valid query.</summary>
    public static TheoryData<string> Hostile =>
    [
        "DELETE FROM movie", "UPDATE movie SET title = 'x'", "INSERT INTO genre VALUES (99, 'x')", "DROP TABLE movie", "TRUNCATE movie", "ALTER TABLE movie ADD COLUMN x INTEGER",
        "CREATE TABLE x (a INTEGER)", "CREATE TEMP TABLE x AS SELECT 1", "CREATE TABLE x AS SELECT * FROM movie", "CREATE VIEW x AS SELECT 1", "CREATE SCHEMA x",
        "WITH d AS (DELETE FROM movie RETURNING *) SELECT * FROM d", "WITH d AS (SELECT 1) DELETE FROM movie", "SELECT * INTO x FROM movie",
        "SELECT 1; SELECT 2", "SELECT 1; DELETE FROM movie", "SELECT 1;DROP TABLE movie;--", "COMMIT; DELETE FROM movie", "BEGIN", "COMMIT", "ROLLBACK",
        "COPY movie TO 'stolen.csv'", "COPY (SELECT 1) TO 'stolen.csv'", "COPY movie FROM 'stolen.csv'", "SET TimeZone = 'UTC'", "RESET ALL",
        "PREPARE p AS DELETE FROM movie", "EXECUTE p", "VACUUM", "CHECKPOINT", "CALL x()", "EXPLAIN ANALYZE DELETE FROM movie", "EXPLAIN (ANALYZE) SELECT 1",
        "SELECT current_setting('x.y') FROM pg_read_file('/etc/passwd')", "SELECT U&\"\\0061\" FROM movie", "SELECT $1", "SELECT", "", " -- nothing", ";",
        "SELECT * FROM '/etc/passwd'", "SELECT 'unclosed", "SELECT (1", "no sql at all", "/* DELETE */ DELETE FROM movie", "SELECT no_column FROM movies",
    ];
}
