using System.Text;
using System.Text.Unicode;
using CineLedger.Model;
using CineLedger.Sources.Decoding;
using CineLedger.Tests.Support;
using CsCheck;

namespace CineLedger.Tests.Sources;

public sealed class TextStreamTests
{
    private const string French = "id,title\n1,L’été à Sète\n2,Cinéma du Marché – “Français”\n3,façade\n";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32", "windows-1252"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Text_is_read_in_any_recognized_encoding(string name)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] bytes = [.. name.StartsWith("utf-8", StringComparison.Ordinal) ? [] : encoding.Preamble, .. encoding.GetBytes(French)];
        foreach (var (blockBytes, bufferBytes) in ((int, int)[])[(int.MaxValue, 1 << 16), (1, 1), (3, 7), (1000, 20)])
        {
            var read = await ReadAsync(bytes, blockBytes, bufferBytes);
            Assert.Equal(French, read.Text);
            Assert.Equal((name == "utf-8" ? null : encoding.WebName, false, 0), (read.Encoding, read.IsDamaged, read.NulBytes));
        }
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Text_in_UTF16_needs_no_mark(string name) => Assert.Equal(French, (await ReadAsync(Encoding.GetEncoding(name).GetBytes(French))).Text);

    [Fact]
    public async Task Windows1252_is_recognized_after_any_amount_of_ASCII()
    {
        var ascii = string.Concat(Enumerable.Range(1, 20_000).Select(i => $"{i},The Salt Road\n"));
        var read = await ReadAsync(Windows1252.GetBytes($"{ascii}{French}{ascii}"));
        Assert.Equal(($"{ascii}{French}{ascii}", "windows-1252", false), (read.Text, read.Encoding, read.IsDamaged));
    }

    [Theory]
    [InlineData("A house ?", 0x94, "and its ghost", "a closing quotation mark before a letter")]
    [InlineData("été. A house ", 0xE9, " and its ghost", "other letters are UTF-8")]
    [InlineData("A house ", 0x9D, " and its ghost", "not a character of Windows-1252")]
    [InlineData("A house", 0xFF, "and its ghost", "no letter of a word")]
    public async Task A_damaged_character_does_not_change_its_neighbors(string before, int value, string after, string reason)
    {
        var read = await ReadAsync([.. Encoding.UTF8.GetBytes(before), (byte)value, .. Encoding.UTF8.GetBytes(after)]);
        Assert.True(($"{before}\uFFFD{after}", null, true) == (read.Text, read.Encoding, read.IsDamaged), reason);
    }

    [Fact]
    public async Task A_declared_encoding_overrides_what_the_bytes_show()
    {
        byte[] bytes = [.. "caf"u8, 0xE9, .. "s and "u8, 0x94];
        Assert.Equal("cafés and ”", (await ReadAsync(bytes, declared: Windows1252)).Text);
        Assert.Equal("caf\uFFFDs and \uFFFD", (await ReadAsync(bytes, declared: Encoding.UTF8)).Text);
        Assert.Equal("ąę", (await ReadAsync([0xB9, 0xEA], declared: SourceEncoding.Parse("windows-1250"))).Text);
        Assert.StartsWith("--encoding: 'latin-99' is not a known encoding.", Assert.Throws<UsageException>(() => SourceEncoding.Parse("latin-99")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NUL_bytes_are_left_out_and_counted()
    {
        var read = await ReadAsync("id,ti\0tle\n1,\0\0été\n"u8.ToArray());
        Assert.Equal(("id,title\n1,été\n", 3, false), (read.Text, read.NulBytes, read.IsDamaged));
    }

    [Fact]
    public async Task A_block_of_zero_bytes_is_an_error() =>
        Assert.Contains("a block of zero bytes", (await Assert.ThrowsAsync<LedgerException>(() => ReadAsync([.. "id,title\n1,a"u8, .. new byte[4096], .. "\n"u8]))).Message, StringComparison.Ordinal);

    [Fact]
    public Task Any_text_without_NUL_is_unchanged_whatever_the_blocks() => Gen.Select(Gen.String.Where(IsText), Gen.Int[1, 9], Gen.Int[1, 40]).SampleAsync(
        async (text, blockBytes, bufferBytes) =>
        {
            var read = await ReadAsync(Encoding.UTF8.GetBytes(text), blockBytes, bufferBytes);
            Assert.Equal((text, null, false), (read.Text, read.Encoding, read.IsDamaged));
        });

    [Fact]
    public Task Any_bytes_become_UTF8_without_NUL_whatever_the_blocks() => Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[1, 9], Gen.Int[1, 40]).SampleAsync(
        async (bytes, blockBytes, bufferBytes) =>
        {
            var read = await ReadAsync(bytes, blockBytes, bufferBytes);
            Assert.True(Utf8.IsValid(read.Bytes) && !read.Bytes.Contains((byte)0));
            Assert.Equal(read.Text, (await ReadAsync(bytes)).Text);
        });

    private static bool IsText(string text) => !text.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text
        && !text.Contains('\uFFFD', StringComparison.Ordinal) && SourceEncoding.Detect(Encoding.UTF8.GetBytes(text)) is null;

    private static async Task<DecodedText> ReadAsync(byte[] bytes, int blockBytes = int.MaxValue, int bufferBytes = 1 << 16, Encoding? declared = null)
    {
        await using var stream = new TextStream(new TrickleStream(bytes, blockBytes), "movies.csv", () => new TrickleStream(bytes, blockBytes), declared);
        using var content = new MemoryStream();
        var buffer = new byte[bufferBytes];
        for (int read; (read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0;)
        {
            content.Write(buffer, 0, read);
        }

        return new(content.ToArray(), stream.Encoding?.WebName, stream.IsDamaged, (int)stream.NulBytes);
    }

    private sealed record DecodedText(byte[] Bytes, string? Encoding, bool IsDamaged, int NulBytes)
    {
        public string Text => System.Text.Encoding.UTF8.GetString(Bytes);
    }
}
