using System.Text;
using CineLedger.Storage.Reading;

namespace CineLedger.Tests.Storage;

public sealed class TextListTests
{
    [Fact]
    public void Texts_are_returned_by_index()
    {
        string[] texts = ["", "é🎬", .. Enumerable.Range(3, 998).Select(i => $"text {i}"), new('x', 10_000), ""];
        var list = new Utf8StringList();
        foreach (var text in texts)
        {
            list.Add(Encoding.UTF8.GetBytes(text));
        }

        Assert.Equal(texts.Length, list.Count);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(texts[i], Encoding.UTF8.GetString(list[i]));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => list[texts.Length].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[-1].Length);
    }
}
