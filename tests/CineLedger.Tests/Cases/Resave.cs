using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace CineLedger.Tests.Cases;

/// <summary>Generators of fixed values.</summary>
internal static class Pick
{
    public static Gen<T> From<T>(params T[] values) => Gen.OneOf([.. values.Select(value => Gen.Const(value))]);
}

/// <summary>A movie of a clean dataset, which every re-save must preserve.</summary>
internal sealed record CleanMovie(
    long Id, string Title, string Overview, DateOnly Date, long Budget, long Revenue, int Runtime, decimal Popularity, decimal VoteAverage, int VoteCount,
    string[] Genres, string[] Companies)
{
    private static readonly Gen<string> AnyText = Pick.From(
        "Winter", "L’été à Sète", "Salt; Road", "One, two", "Harbour | Lights", "She said \"no, never\" twice", "Größe – 5 €", "None", "1984", "Tab\there", "A\\B", "'Tis", "-");

    private static readonly Gen<string[]> AnyGenres = Pick.From("Drama", "Science Fiction", "Comedy", "TV Movie", "Action").Array[0, 4].Select(names => names.Distinct().ToArray());

    private static readonly Gen<string[]> AnyCompanies =
        Pick.From("North Quay Films", "Cinéma du Marché", "South Pier Pictures, Inc.", "O'Neill & Sons", "20th Meridian", "Low Tide").Array[0, 3]
            .Select(names => names.Distinct().ToArray());

    private static readonly Gen<long> AnyAmount = Gen.Frequency((1, Gen.Const(0L)), (1, Gen.Long[1_000, 999_999]), (5, Gen.Long[1_000_000, 3_000_000_000]));

    public static Gen<CleanMovie> Any(long id) =>
        from title in AnyText
        from overview in Gen.Select(AnyText, AnyText, (first, second) => $"{first}\n{second}.")
        from date in Gen.Int[0, 34_000].Select(days => new DateOnly(1930, 1, 1).AddDays(days))
        from amounts in Gen.Select(AnyAmount, AnyAmount)
        from runtime in Gen.Int[1, 240]
        from popularity in Gen.Int[0, 40_000_000].Select(Gen.Int[0, 6], (number, decimals) => Math.Round(number / 1_000_000m, decimals))
        from votes in Gen.Select(Gen.Int[0, 100], Gen.Int[0, 30_000])
        from names in Gen.Select(AnyGenres, AnyCompanies)
        select new CleanMovie(id, title, overview, date, amounts.Item1, amounts.Item2, runtime, popularity, votes.Item1 / 10m, votes.Item2, names.Item1, names.Item2);
}

/// <summary>A way to save a table of movies again.</summary>
internal sealed record Resave(
    Encoding Encoding, char Delimiter, string LineEnd, string DateStyle, string AmountStyle, bool HasDecimalCommas, string ListStyle, string[] Columns,
    bool HasRowNumbers, bool IsCompressed, string NameStyle)
{
    public static readonly string[] AllColumns =
    [
        "id", "title", "overview", "release_date", "budget", "revenue", "runtime", "popularity", "vote_average", "vote_count", "genres", "production_companies",
    ];

    private static readonly Gen<Encoding> AnyEncoding = Pick.From<Encoding>(CaseFile.Utf8, Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, CaseFile.Windows1252);

    private static readonly Gen<string> AnyDateStyle =
        Pick.From("yyyy-MM-dd", "M/d/yyyy", "d/M/yyyy", "dd.MM.yyyy", "yyyy/MM/dd", "d-MMM-yyyy", "MMM d, yyyy", "MMMM d, yyyy", "M/d/yy", "dd-MM-yy", "d-MMM-yy", "yyyy-MM-dd HH:mm:ss");

    private static readonly Gen<string> AnyAmountStyle = Pick.From("0", "0.0", "#,0", "$#,0", " $#,0.00 ", "#.0", "# 0");

    public static Gen<Resave> Any { get; } =
        from encoding in AnyEncoding
        from delimiter in Pick.From(',', ';', '\t', '|')
        from styles in Gen.Select(AnyDateStyle, AnyAmountStyle, Pick.From("python", "json", ", ", ",", "|", "-", " / "), Pick.From("lower", "UPPER", "Title", " padded "))
        from flags in Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool)
        from columns in Gen.Frequency((1, Gen.Const(AllColumns.Length)), (1, Gen.Int[3, AllColumns.Length])).SelectMany(count =>
            Gen.Shuffle(AllColumns[2..]).SelectMany(others => Gen.Shuffle((string[])[.. AllColumns[..2], .. others[..(count - 2)]])))
        select new Resave(encoding, delimiter, flags.Item1 ? "\r\n" : "\n", styles.Item1, styles.Item2, flags.Item2, styles.Item3, columns, flags.Item3, flags.Item4, styles.Item4);

    public byte[] Write(IEnumerable<CleanMovie> movies)
    {
        IEnumerable<string> header = Columns.Select(Rename);
        var rows = movies.Select((movie, i) => Columns.Select(column => Format(movie, column)).Prepend($"{i}")).Prepend(header.Prepend(""));
        var text = string.Concat(rows.Select(row => string.Join(Delimiter, row.Skip(HasRowNumbers ? 0 : 1).Select(Quote)) + LineEnd));
        byte[] bytes = [.. Encoding.Preamble, .. Encoding.GetBytes(text)];
        return IsCompressed ? Compress(bytes) : bytes;
    }

    public override string ToString() =>
        $"{Encoding.WebName}{(Encoding.Preamble.Length > 0 ? " with mark" : "")}, '{Delimiter}', {(LineEnd == "\n" ? "LF" : "CR LF")}, dates {DateStyle}, amounts '{AmountStyle}', "
        + $"decimal {(HasDecimalCommas ? "commas" : "points")}, lists '{ListStyle}', columns {string.Join('+', Columns)} in {NameStyle}"
        + $"{(HasRowNumbers ? ", row numbers" : "")}{(IsCompressed ? ", gzip" : "")}";

    private string Rename(string column) => NameStyle switch
    {
        "UPPER" => column.ToUpperInvariant(),
        "Title" => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(column),
        " padded " => $" {column} ",
        _ => column,
    };

    private string Format(CleanMovie movie, string column) => column switch
    {
        "id" => $"{movie.Id}",
        "title" => movie.Title,
        "overview" => movie.Overview,
        "release_date" => movie.Date.ToDateTime(default).ToString(DateStyle, CultureInfo.InvariantCulture),
        "budget" => FormatAmount(movie.Budget),
        "revenue" => FormatAmount(movie.Revenue),
        "runtime" => FormatDecimal(movie.Runtime + 0.0m),
        "popularity" => FormatDecimal(movie.Popularity),
        "vote_average" => FormatDecimal(movie.VoteAverage),
        "vote_count" => AmountStyle.Contains('$') ? movie.VoteCount.ToString("#,0", CultureInfo.InvariantCulture) : FormatAmount(movie.VoteCount),
        "genres" => FormatList(movie.Genres),
        _ => FormatList(movie.Companies),
    };

    private string FormatAmount(long amount) => AmountStyle switch
    {
        "#.0" => amount.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '.'),
        "# 0" => amount.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' '),
        _ => amount.ToString(AmountStyle, CultureInfo.InvariantCulture),
    };

    private string FormatDecimal(decimal number) => number.ToString(CultureInfo.InvariantCulture) is var text && HasDecimalCommas ? text.Replace('.', ',') : text;

    private string FormatList(string[] names) => ListStyle switch
    {
        "json" => JsonSerializer.Serialize(names.Select((name, i) => new { id = i + 1, name })),
        "python" => $"[{string.Join(", ", names.Select((name, i) => $"{{'id': {i + 1}, 'name': {(name.Contains('\'') ? $"\"{name}\"" : $"'{name}'")}}}"))}]",
        _ => string.Join(ListStyle, names),
    };

    private string Quote(string field) =>
        field.Contains(Delimiter) || field.AsSpan().ContainsAny("\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static byte[] Compress(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }
}
