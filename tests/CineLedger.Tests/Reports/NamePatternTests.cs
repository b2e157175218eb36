using System.Text.RegularExpressions;
using CineLedger.Model;
using CsCheck;

namespace CineLedger.Tests.Reports;

public sealed class NamePatternTests
{
    private static readonly Gen<string> Texts = Gen.Char["aAàÀeEéÆæoOœsSßẞtThHþжЖ\u0301 .(*\\^$[-"].Array[0, 8].Select(letters => new string(letters));

    [Fact]
    public void It_matches_the_names_whose_folded_form_contains_the_folded_text() => Gen.Select(Texts, Texts, Texts)
        .Select((before, text, after) => (Name: before + text + after, Text: text))
        .Where(pair => IsSimple(pair.Name) && IsSimple(pair.Text))
        .Sample(pair => Assert.Matches(NamePattern.CreateContaining(pair.Text), pair.Name));

    [Fact]
    public void It_matches_no_other_names() => Gen.Select(Texts, Texts)
        .Where(pair => IsSimple(pair.Item1) && IsSimple(pair.Item2))
        .Sample((name, text) => Assert.Equal(
            NameFolding.RemoveAccents(name).Contains(NameFolding.RemoveAccents(text), StringComparison.Ordinal), Regex.IsMatch(name, NamePattern.CreateContaining(text))));

    /// <summary>In a run of three S, the pattern allows ß only for the first two.</summary>
    private static bool IsSimple(string text) => !NameFolding.RemoveAccents(text).Contains("SSS", StringComparison.Ordinal);
}
