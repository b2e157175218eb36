using System.IO.Compression;
using System.Text;

namespace CineLedger.Tests.Sources;

/// <summary>Files of other kinds than the dataset's, by the beginning of the kind's name. All content is invented.</summary>
internal static class FileKindSamples
{
    private const string Result = """{"adult":false,"genre_ids":[18],"id":900001,"original_language":"en","original_title":"Harbour Lights","overview":"A light.","popularity":1.5,"release_date":"2011-05-06","title":"Harbour Lights","video":false,"vote_average":6.4,"vote_count":120}""";

    public static IReadOnlyList<(string Kind, byte[] Content)> All { get; } =
    [
        Text("TMDB's daily ID export: IDs", """
            {"adult":false,"id":900001,"original_title":"Harbour Lights","popularity":1.8133,"video":false}
            {"id":900002,"video":false,"popularity":12.697,"original_title":"The \"Salt\" Road","adult":false}
            """),
        Text("TMDB's daily ID export: IDs", "adult,id,original_title,popularity,video\nFalse,900001,Harbour Lights,1.8,False\n"),
        Text("a list from TMDB's", $$"""{"page":1,"results":[{{Result}},{{Result}}],"total_pages":500,"total_results":10000}"""),
        Text("a list from TMDB's", $$"""
            {
              "dates": {"maximum": "2026-01-01"},
              "page": 1,
              "results": [
                {{Result}}
              ],
              "total_pages": 500
            }
            """),
        Text("a list from TMDB's", $"[{Result},\n{Result}]"),
        Text("a list from TMDB's", $"{Result}\n{Result}\n"),
        Text("TMDB's daily ID export of people", "{\"adult\":false,\"id\":1,\"name\":\"Ann Bell\",\"popularity\":0.3}\n"),
        Text("TMDB's daily ID export of people", "{\"id\":1,\"name\":\"North Quay Films\"}\n{\"id\":2,\"name\":\"South Pier Pictures\"}\n"),
        Text("TMDB's daily ID export of people", "{\"id\":1,\"original_name\":\"Gull Bay\",\"popularity\":2.5}\r\n"),
        Text("the credits of one movie", """{"id":900001,"cast":[{"id":501,"name":"Ann Bell","order":0}],"crew":[{"id":502,"job":"Director","name":"Eve Fox"}]}"""),
        Text("the credits of one movie", "{\n  \"id\": 900001,\n  \"cast\": [],\n  \"crew\": []\n}\n"),
        Text("the keywords of one movie", """{"id":900001,"keywords":[{"id":818,"name":"sea"}]}"""),
        Text("IMDb's title.basics", "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres\ntt9000001\tmovie\tX\tX\t0\t2011\t\\N\t97\tDrama,Thriller\n"),
        Text("IMDb's title.ratings", "tconst\taverageRating\tnumVotes\ntt9000001\t5.7\t2000\n"),
        Text("IMDb's title.akas", "titleId\tordering\ttitle\tregion\tlanguage\ttypes\tattributes\tisOriginalTitle\ntt9000001\t1\tX\tUS\t\\N\t\\N\t\\N\t1\n"),
        Text("IMDb's title.crew", "tconst\tdirectors\twriters\ntt9000001\tnm9000005\t\\N\n"),
        Text("IMDb's title.principals", "tconst\tordering\tnconst\tcategory\tjob\tcharacters\ntt9000001\t1\tnm9000005\tself\t\\N\t[\"Self\"]\n"),
        Text("IMDb's title.episode", "tconst\tparentTconst\tseasonNumber\tepisodeNumber\ntt9000002\ttt9000001\t1\t9\n"),
        Text("IMDb's name.basics", "nconst\tprimaryName\tbirthYear\tdeathYear\tprimaryProfession\tknownForTitles\nnm9000001\tAnn Bell\t1970\t\\N\tactress\ttt9000001\n"),
        Text("IMDb's title.basics", "\"tconst\",\"titleType\",\"primaryTitle\"\ntt9000001,movie,X\n"),
        Text("MovieLens' list of movies", "movieId,title,genres\r\n1,Harbour Lights (2011),Adventure|Drama\r\n"),
        Text("MovieLens' tags", "userId,movieId,tag,timestamp\r\n1,2,sea,1139045764\r\n"),
        Text("MovieLens' tags", "movieId,tagId,relevance\r\n1,1,0.03\r\n"),
        Text("a table of box-office amounts", "id,release_date,movie, production_budget ,domestic_gross,worldwide_gross\n1,\"May 6, 2011\",Harbour Lights,\"$1\",\"$2\",\"$3\"\n"),
        Text("a table of box-office amounts", "title,studio,domestic_gross,foreign_gross,year\nHarbour Lights (2011),BV,2000000,2200000,2011\n"),
        Text("a table of box-office amounts", "Rank,Release Group,Worldwide,Domestic,%,Foreign,%\n1,Harbour Lights,$3,$1,33,$2,67\n"),
        Text("a CSV file whose header line is missing", "False,,1500000,\"[{'id': 18, 'name': 'Drama'}]\",,900001,tt9000001,en,Harbour Lights,x,3.21,/p.jpg,2011-05-06\n"),
        Text("a CSV file whose header line is missing", "1,31,2.5,1260759144\n1,1029,3.0,1260759179\n"),
        Text("a CSV file whose header line is missing", "900001,Harbour Lights,2011-05-06\n"),
        Text("a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 34445126\n"),
        Binary("an Excel workbook", Zip("[Content_Types].xml", "xl/workbook.xml")),
        Binary("an Excel workbook", Zip("xl/worksheets/sheet1.xml", "[Content_Types].xml")),
        Binary("an Excel workbook", Zip("docProps/app.xml", "xl/workbook.xml")),
        Binary("an Excel workbook", Zip("_rels/.rels", "xl/workbook.xml")),
        Binary("an Excel workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0, 0, 0]),
        Binary("a Parquet file", "PAR1\u0015\u0004\u0015\u0000"u8),
        Binary("an Arrow or Feather file", "ARROW1\u0000\u0000"u8),
        Binary("an SQLite database", "SQLite format 3\u0000\u0010\u0000"u8),
        Binary("a DuckDB database", [1, 2, 3, 4, 5, 6, 7, 8, .. "DUCK"u8, 64, 0]),
        Binary("a tar archive", [.. Encoding.ASCII.GetBytes("movies.csv".PadRight(257, '\0')), .. "ustar\u000000"u8]),
        Binary("a 7z archive", [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, 0, 4]),
        Binary("a RAR archive", "Rar!\u001A\u0007\u0001\u0000"u8),
        Binary("a file compressed with bzip2", "BZh91AY&SY\u0001\u0002"u8),
        Binary("a file compressed with xz", [0xFD, .. "7zXZ\u0000\u0000\u0004"u8]),
        Binary("a file compressed with Zstandard", [0x28, 0xB5, 0x2F, 0xFD, 4, 0]),
        Text("a Jupyter notebook", "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"source\": [\"import pandas\"]\n  }\n ],\n \"nbformat\": 4\n}\n"),
        Text("a Jupyter notebook", """{"metadata":{},"nbformat":4,"cells":[]}"""),
        Text("a web page", "\n\n<!DOCTYPE html>\n<html lang=\"en\"><head><title>movies_metadata.csv</title></head></html>"),
        Text("a web page", "<HTML><BODY>Log in</BODY></HTML>"),
        Text("a PDF document", "%PDF-1.7\n1 0 obj\n"),
    ];

    private static (string Kind, byte[] Content) Text(string kind, string text) => (kind, Encoding.UTF8.GetBytes(text));

    private static (string Kind, byte[] Content) Binary(string kind, ReadOnlySpan<byte> bytes) => (kind, bytes.ToArray());

    private static byte[] Zip(params string[] names)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write("<x/>"u8);
            }
        }

        return bytes.ToArray();
    }
}
