using System.Text.RegularExpressions;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard.Help;

/// <summary>The terms of docs/glossary.md, which is embedded in the assembly, so that each meaning is written once.</summary>
public static partial class Glossary
{
    public const string HelpPath = "/help";

    private static readonly Lazy<IReadOnlyList<GlossaryTerm>> AllTerms = new(Read);
    private static readonly Lazy<IReadOnlyDictionary<string, GlossaryTerm>> ByAnchor = new(() => AllTerms.Value.ToDictionary(term => term.Anchor, StringComparer.Ordinal));

    /// <summary>The anchors of terms by measures and labels that have another name.</summary>
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["movies"] = "release",
        ["releases"] = "release",
        ["profit-both-known"] = "matched-profit",
        ["return-on-investment"] = "roi",
        ["average-vote"] = "vote-average",
        ["vote-count"] = "votes",
        ["number-of-votes"] = "votes",
        ["tmdb-popularity"] = "popularity",
        ["share"] = "share-of",
        ["share-of-revenue"] = "market-share",
        ["share-of-all-revenue"] = "market-share",
        ["revenue-share"] = "market-share",
        ["ratings-count"] = "ratings",
        ["number-of-ratings"] = "ratings",
        ["movielens-rating"] = "ratings",
        ["weighted-rating"] = "weighted",
        ["rule"] = "finding",
        ["kind"] = "finding",
        ["findings"] = "finding",
        ["both-amounts-known"] = "known",
    };

    /// <summary>Terms that most readers know, which have no help link in the headings of tables.</summary>
    private static readonly HashSet<string> WellKnown = new(StringComparer.Ordinal) { "release", "revenue", "budget", "known", "votes", "runtime", "vote-average" };

    public static IReadOnlyList<GlossaryTerm> Terms => AllTerms.Value;

    /// <summary>Returns the term of a heading of a table; null if the glossary has none or most readers know it.</summary>
    public static GlossaryTerm? FindForHeading(string? text) => Find(text) is { } term && !WellKnown.Contains(term.Anchor) ? term : null;

    /// <summary>Returns the term of a heading or a measure; null if the glossary has none.</summary>
    public static GlossaryTerm? Find(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var anchor = NotLetters().Replace(text.Split(',')[0].ToLowerInvariant(), "-").Trim('-');
        var isKnown = anchor.EndsWith("-known", StringComparison.Ordinal) && Measures.All.Any(measure => measure.Name == text || measure.GetHeading() == text);
        anchor = Aliases.GetValueOrDefault(anchor, isKnown ? "known" : anchor);
        return ByAnchor.Value.GetValueOrDefault(anchor);
    }

    private static IReadOnlyList<GlossaryTerm> Read()
    {
        using var stream = typeof(Glossary).Assembly.GetManifestResourceStream("glossary.md") ?? throw new InvalidOperationException("the glossary is not embedded");
        using var reader = new StreamReader(stream);
        return
        [
            .. Row().Matches(reader.ReadToEnd())
                .Select(row => new GlossaryTerm(row.Groups["anchor"].Value, row.Groups["term"].Value.Trim(), ParseText(row.Groups["meaning"].Value))),
        ];
    }

    /// <summary>Splits a meaning into text, code and links to other terms. References to other pages of the documentation are left out, as the server does not have them.</summary>
    private static List<GlossaryPart> ParseText(string markdown)
    {
        var parts = new List<GlossaryPart>();
        var text = Reference().Replace(markdown, "").Trim();
        var at = 0;
        foreach (var mark in Mark().Matches(text).Cast<Match>())
        {
            Add(text[at..mark.Index]);
            parts.Add(mark.Groups["code"].Success
                ? new(mark.Groups["code"].Value, IsCode: true)
                : new(mark.Groups["label"].Value.Replace("`", "", StringComparison.Ordinal), Anchor: mark.Groups["anchor"].Success ? mark.Groups["anchor"].Value : null));
            at = mark.Index + mark.Length;
        }

        Add(text[at..]);
        return parts;

        void Add(string plain)
        {
            if (plain.Length > 0)
            {
                parts.Add(new(plain.Replace("*", "", StringComparison.Ordinal)));
            }
        }
    }

    [GeneratedRegex("^\\| <a id=\"(?<anchor>[a-z-]+)\"></a>(?<term>[^|]+)\\| (?<meaning>.*) \\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    /// <summary>Matches a reference in parentheses to another page, or to several.</summary>
    [GeneratedRegex(@" \((?:\[[^\]]+\]\((?!#)[^)]+\)(?:, | and )?)+\)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"`(?<code>[^`]+)`|\[(?<label>[^\]]+)\]\((?:#(?<anchor>[a-z-]+)|[^)]+)\)")]
    private static partial Regex Mark();

    [GeneratedRegex("[^a-z]+")]
    private static partial Regex NotLetters();
}
