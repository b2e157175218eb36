using System.IO.Compression;
using System.Text;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Cases.CaseFile;

namespace CineLedger.Tests.Cases;

/// <summary>Files in other encodings, with damaged bytes, or compressed.</summary>
public sealed class EncodingCaseTests : CaseTestBase
{
    [Theory]
    [InlineData(Place.Alone, "L’été à Sète", "Cinéma du Marché", "Français")]
    [InlineData(Place.Head, "Größe – „Straße“", "Österreichische Lichtspiele", "Español")]
    [InlineData(Place.End, "Ñandú € 5…", "Società Cœur & Fils", "Português")]
    public async Task Windows_1252_is_read_and_reported_once(Place place, string title, string company, string language)
    {
        var file = new CaseFile { Place = place, Encoding = Windows1252, LineEnd = "\r\n" };
        var row = Row(900_001, ("title", title), ("overview", title), ("production_companies", $"[{{'name': '{company}', 'id': 9102}}]"),
            ("spoken_languages", $"[{{'iso_639_1': 'xx', 'name': '{language}'}}]"));
        var result = await LoadAsync(file.ToBytes(row, Row(900_002)));
        Assert.Equal(2 + file.Generated, result.Movies.Count);
        var movie = result.Movies[900_001];
        Assert.Equal((title, title, company, language), (movie.Title, movie.Overview, movie.Companies.Single().Name, movie.Languages.Single().Name));
        AssertEncoding(result, "windows-1252");
        Assert.Empty(result.Rejects);
        result.AssertGenerated(file);
    }

    /// <summary>The whole file is Windows-1252, but its first special character is beyond the part that a reader would sample.</summary>
    [Fact]
    public async Task The_first_special_character_may_be_megabytes_away()
    {
        var file = new CaseFile { Encoding = Windows1252 };
        var overview = new string('x', 1500);
        MovieRow[] rows = [.. Enumerable.Range(1, 3000).Select(id => Row(id, ("overview", overview))), Row(900_001, ("title", "Façade"))];
        var result = await LoadAsync(file.ToBytes(rows));
        Assert.Equal((3001, "Façade"), (result.Movies.Count, result.Movies[900_001].Title));
        AssertEncoding(result, "windows-1252");
    }

    [Theory]
    [InlineData(Place.Alone, "overview", "A house ?#and its ghost.", 0x94)]
    [InlineData(Place.Middle, "tagline", "Two #roads.", 0xC3)]
    [InlineData(Place.End, "overview", "The end#", 0xFF)]
    [InlineData(Place.Head, "title", "#Winter", 0xE9)]
    public async Task A_damaged_byte_in_UTF_8_costs_one_text_at_most(Place place, string column, string text, int value)
    {
        // The surrounding records show that the file is UTF-8. Without them, only the byte 0x94 after a question mark remains of a dash.
        var file = new CaseFile { Place = place };
        var bytes = file.ToBytes(Row(900_001, ("title", "L’été à Sète")), Row(900_002, (column, text)), Row(900_003));
        bytes[FindLast(bytes, text)] = (byte)value;
        var result = await LoadAsync(bytes);
        Assert.Equal((3 + file.Generated, "L’été à Sète"), (result.Movies.Count, result.Movies[900_001].Title));
        var movie = result.Movies[900_002];
        Assert.Contains(column switch { "overview" => movie.Overview, "tagline" => movie.Tagline, _ => movie.Title }, new[] { text.Replace('#', '\uFFFD'), null });
        Assert.Equal(file.Line + 1, result.Find(column, file.Line + 1).Line);
        Assert.Single(result.Findings);
        result.AssertGenerated(file);
    }

    /// <summary>The text has no other character outside ASCII. Another program replaced the first bytes of a dash with the question mark.</summary>
    [Fact]
    public async Task One_damaged_byte_in_ASCII_is_not_another_encoding()
    {
        var bytes = new CaseFile().ToBytes(Row(900_001), Row(900_002, ("overview", "A house ?#and its ghost.")), Row(900_003));
        bytes[FindLast(bytes, "?#")] = 0x94;
        var result = await LoadAsync(bytes);
        Assert.Equal(3, result.Movies.Count);
        Assert.Contains(result.Movies[900_002].Overview, new[] { "A house ?\uFFFDand its ghost.", null });
        Assert.Equal("overview", Assert.Single(result.Findings).Field);
    }

    [Theory]
    [InlineData("windows-1250", Place.Alone, "Łódź – Přítel")]
    [InlineData("windows-1251", Place.Middle, "Москва")]
    [InlineData("shift_jis", Place.End, "東京物語")]
    public async Task A_stated_encoding_overrides_the_detected_one(string name, Place place, string title)
    {
        var file = new CaseFile { Place = place, Encoding = CodePagesEncodingProvider.Instance.GetEncoding(name)! };
        var path = Write("movies.csv", file.ToBytes(Row(900_001, ("title", title)), Row(900_002)));
        var result = await LoadAsync(path, fetching: new SourceOptions { Encoding = file.Encoding });
        Assert.Equal((2 + file.Generated, title), (result.Movies.Count, result.Movies[900_001].Title));
        AssertEncoding(result, name);
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData("utf-16", Place.Alone, '\t')]
    [InlineData("utf-16", Place.Middle, ',')]
    [InlineData("utf-16BE", Place.Alone, ';')]
    [InlineData("utf-16BE", Place.End, '\t')]
    public async Task UTF_16_with_a_mark_is_read(string name, Place place, char delimiter)
    {
        var file = new CaseFile { Place = place, Encoding = Encoding.GetEncoding(name), Delimiter = delimiter, LineEnd = "\r\n" };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("title", "Éclipse 日本 🎬"), ("overview", "One,\ttwo; three\nfour")), Row(900_002)));
        Assert.Equal(2 + file.Generated, result.Movies.Count);
        Assert.Equal(("Éclipse 日本 🎬", "One,\ttwo; three\nfour"), (result.Movies[900_001].Title, result.Movies[900_001].Overview));
        Assert.Empty(result.Rejects);
        AssertEncoding(result, "utf-16");
        result.AssertGenerated(file);
    }

    /// <summary>The line of a finding is that of the text, whatever the number of bytes of its characters.</summary>
    [Fact]
    public async Task Lines_are_counted_after_decoding()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8, Windows1252 })
        {
            var file = new CaseFile { Place = Place.End, Encoding = encoding, Restyle = row => row.With(("overview", "é\n\nè")) };
            var result = await LoadAsync(file.ToBytes(Row(900_001, ("budget", "GATORADE"), ("title", "É"))));
            Assert.Equal(2 + (3 * 240), result.Find("budget", 2 + (3 * 240)).Line);
            Assert.Equal(900_001, result.Find("budget", 722).MovieId);
        }
    }

    [Theory]
    [InlineData(Place.Alone)]
    [InlineData(Place.End)]
    public async Task UTF_8_with_special_characters_causes_no_finding(Place place)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("title", "L’été à Sète 日本 🎬")), Row(900_002, ("title", "Œuvre \uFFFD"))));
        Assert.Empty(result.Findings);
        Assert.Equal("L’été à Sète 日本 🎬", result.Movies[900_001].Title);
    }

    [Theory]
    [InlineData(Place.Alone, "Win\0ter", "Winter")]
    [InlineData(Place.Middle, "\0\0\0Salt", "Salt")]
    [InlineData(Place.End, "Road\0", "Road")]
    public async Task NUL_bytes_are_removed_and_reported(Place place, string text, string title)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("title", text)), Row(900_002)));
        Assert.Equal((2 + file.Generated, title), (result.Movies.Count, result.Movies[900_001].Title));
        Assert.Equal(FindingKind.Repair, Assert.Single(result.Findings).Kind);
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData("movies.csv.gz")]
    [InlineData("folder/movies_metadata.csv.gz")]
    [InlineData("movies.csv")]
    public async Task Gzip_is_recognized_by_its_content(string name)
    {
        var file = new CaseFile { Place = Place.Middle };
        var path = Write(name, Compress(file.ToBytes(Row(900_001), Row(900_002))));
        var result = await LoadAsync(name.Contains('/') ? Path.GetDirectoryName(path)! : path);
        Assert.Equal((242, 0), (result.Movies.Count, result.Findings.Count));
        result.AssertGenerated(file);
    }

    [Fact]
    public async Task Gzip_inside_a_zip_and_of_another_encoding_is_read()
    {
        var file = new CaseFile { Place = Place.Head, Encoding = Windows1252, Delimiter = ';' };
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("data/movies_metadata.csv.gz", CompressionLevel.NoCompression).Open();
            entry.Write(Compress(file.ToBytes(Row(900_001, ("title", "Été")))));
        }

        var result = await LoadAsync(Write("data.zip", zip.ToArray()));
        Assert.Equal((241, "Été"), (result.Movies.Count, result.Movies[900_001].Title));
        result.AssertGenerated(file);
    }

    private static void AssertEncoding(CaseResult result, string name)
    {
        var finding = Assert.Single(result.Findings, finding => finding.Rule == "encoding");
        Assert.Equal((FindingKind.Repair, null, null), (finding.Kind, finding.MovieId, finding.Field));
        Assert.Contains(name, finding.Value, StringComparison.OrdinalIgnoreCase);
    }

    private static byte[] Compress(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }

    /// <summary>Returns the offset of the # in the last occurrence of a text.</summary>
    private static int FindLast(byte[] bytes, string text) => bytes.AsSpan().LastIndexOf(Utf8.GetBytes(text)) + text.IndexOf('#', StringComparison.Ordinal);

    [Fact]
    public async Task Many_damaged_texts_are_reported_one_by_one_up_to_a_thousand()
    {
        var file = new CaseFile();
        var bytes = file.ToBytes([Row(900_000, ("title", "Été")), .. Enumerable.Range(1, 1_100).Select(i => Row(900_000 + i, ("overview", "A house #")))]);
        for (var i = bytes.AsSpan().IndexOf("house #"u8); i >= 0 && bytes.AsSpan(i).IndexOf("house #"u8) is >= 0 and var next; i += next + 7)
        {
            bytes[i + next + 6] = 0x94;
        }

        var result = await LoadAsync(bytes);
        var damaged = result.Findings.Where(finding => finding.Rule == Rules.DamagedText).ToList();
        Assert.Equal((1_001, 1_100L, 100L), (damaged.Count, damaged.Sum(finding => finding.Occurrences), damaged.Max(finding => finding.Occurrences)));
        Assert.Equal(("A house \uFFFD", "Été"), (result.Movies[901_100].Overview, result.Movies[900_000].Title));
    }
}
