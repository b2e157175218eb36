namespace CineLedger.Web.Dashboard.Help;

/// <summary>A term of the glossary.</summary>
/// <param name="Anchor">The anchor, the same as in docs/glossary.md: <c>matched-profit</c>.</param>
/// <param name="Name">The term.</param>
/// <param name="Meaning">What it means, in parts of text and code.</param>
public sealed record GlossaryTerm(string Anchor, string Name, IReadOnlyList<GlossaryPart> Meaning)
{
    /// <summary>The meaning as plain text.</summary>
    public string Text => string.Concat(Meaning.Select(part => part.Text));
}

/// <param name="Text">The text.</param>
/// <param name="IsCode">Whether it is written as code.</param>
/// <param name="Anchor">The term that the text links to; null for none.</param>
public sealed record GlossaryPart(string Text, bool IsCode = false, string? Anchor = null);
