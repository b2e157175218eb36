using System.Text;
using CineLedger.Model;
using CineLedger.Reports.Search;
using CsCheck;

namespace CineLedger.Tests.Reports;

/// <summary>Tests which errors a text may have, against the distance that counts wrong, missing, added and swapped letters.</summary>
public sealed class NearTextTests
{
    private static readonly Gen<string> Names = Gen.Char["AABBCDE1éÑЖ中'- "].Array[1, 12]
        .Select(letters => string.Join(' ', new string(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private static readonly Gen<(string Name, string Text)> NamesWithOneError = Gen.Select(Names, Gen.Int[0, 3], Gen.Int[0, 11], Gen.Char["ABCXéЖ' "])
        .Select((name, kind, at, letter) => (name, MakeError(NameFolding.RemoveAccents(name), kind, at, letter)));

    [Fact]
    public void A_name_of_four_letters_or_more_is_found_with_any_one_error() => NamesWithOneError
        .Where(pair => NameFolding.RemoveAccents(pair.Name).Length >= NearText.MinLength && !string.IsNullOrWhiteSpace(pair.Text))
        .Sample(pair =>
        {
            var index = NameIndex.Create([new("Other", 0, 1), new(pair.Name, 0, 1), new("Another", 0, 1)]);
            var found = index.Find(new(pair.Text), 3).Concat(index.FindSimilar(new(pair.Text), 3));
            Assert.Contains(found, name => name.Name == pair.Name);
        });

    [Fact]
    public void Nothing_with_more_errors_counts_as_a_near_name() => Gen.OneOf(Gen.Select(Names, Names), NamesWithOneError)
        .Where(pair => pair.Item1.Length > 0 && !string.IsNullOrWhiteSpace(pair.Item2))
        .Sample(pair =>
        {
            var (name, text) = (NameFolding.RemoveAccents(pair.Item1), string.Join(' ', NameFolding.RemoveAccents(pair.Item2).Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            var isNear = name.Length >= NearText.MinLength && CountErrors(name, text) <= 1;
            Assert.Equal(isNear, new SearchText(pair.Item2).MatchNear(Encoding.UTF8.GetBytes(name)) == MatchRank.NearName);
        });

    [Fact]
    public void A_text_without_words_of_four_letters_finds_no_more_than_names_of_four_letters() => Gen.Select(Names, Gen.Char["ABCDE "].Array[1, 3])
        .Where(pair => pair.Item1.Length > 0 && !string.IsNullOrWhiteSpace(new(pair.Item2)))
        .Sample(pair =>
        {
            var (name, text) = (NameFolding.RemoveAccents(pair.Item1), new SearchText(new(pair.Item2)));
            if (text.MatchNear(Encoding.UTF8.GetBytes(name)) is { } rank && text.Match(name) is null)
            {
                Assert.Equal((MatchRank.NearName, NearText.MinLength), (rank, name.Length));
            }
        });

    [Fact]
    public void Each_word_of_five_letters_or_more_may_have_an_error() => Gen.Select(
            Gen.Char['A', 'H'].Array[5, 8], Gen.Int[0, 3], Gen.Int[0, 7], Gen.Char['A', 'Z']).Array[2, 3]
        .Sample(words =>
        {
            var name = string.Join(' ', words.Select(word => new string(word.Item1)));
            var text = string.Join(' ', words.Select(word => MakeError(new(word.Item1), word.Item2, word.Item3, word.Item4)));
            Assert.NotNull(new SearchText(text).MatchNear(Encoding.UTF8.GetBytes($"THE {name}-X")));
        });

    private static string MakeError(string text, int kind, int at, char letter)
    {
        at %= Math.Max(1, text.Length);
        return text.Length == 0 ? "" : kind switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, letter.ToString()),
            2 => text.Remove(at, 1).Insert(at, letter.ToString()),
            _ => at == 0 ? text + letter : $"{text[..(at - 1)]}{text[at]}{text[at - 1]}{text[(at + 1)..]}",
        };
    }

    /// <summary>Returns the optimal string alignment distance.</summary>
    private static int CountErrors(string left, string right)
    {
        var counts = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                counts[i, j] = i == 0 || j == 0 ? i + j
                    : Math.Min(Math.Min(counts[i - 1, j], counts[i, j - 1]) + 1, counts[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    counts[i, j] = Math.Min(counts[i, j], counts[i - 2, j - 2] + 1);
                }
            }
        }

        return counts[left.Length, right.Length];
    }
}
