namespace CineLedger.Web.Dashboard.Help;

/// <summary>The page with the keyboard shortcuts and the glossary.</summary>
internal static class HelpPages
{
    public static PageDefinition Help { get; } = new()
    {
        Path = Glossary.HelpPath,
        Nav = new NavItem("Help", Glossary.HelpPath, 90),
        HasTimeline = false,
        ReadContent = (request, _) => Task.FromResult(new PageContent("Help", typeof(HelpPage), request)),
    };
}
